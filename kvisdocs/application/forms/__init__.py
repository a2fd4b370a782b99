"""Cases as forms, with what their programme and their municipality offer to choose from."""
