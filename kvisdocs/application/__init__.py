"""What commands and programs share: reading and judging cases, making documents, putting files in place."""
