"""The output folder: its manifest, what must stay in it, and how whole files get there."""
