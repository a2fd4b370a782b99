"""A programme's rules as dated data: their models, their files, and the Danish calendar."""
