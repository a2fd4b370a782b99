"""What becomes of finished letters: read from the output folder with their cases, printed, packed and sent."""
