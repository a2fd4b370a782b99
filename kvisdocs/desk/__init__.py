"""Pages in the browser: a face on what the library does. Nothing is decided here, and the folder holds all."""
