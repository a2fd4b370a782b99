"""What a case's texts should not tell, and whom."""
