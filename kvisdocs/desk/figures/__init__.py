"""The committee's figures: counted by workers, shown, and taken away as files or as an item."""
