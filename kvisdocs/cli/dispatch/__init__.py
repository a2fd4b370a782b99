"""What is done with finished documents: printed, packed, sent."""
