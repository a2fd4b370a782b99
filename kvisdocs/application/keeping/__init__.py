"""What is kept of an output folder, and for how long."""
