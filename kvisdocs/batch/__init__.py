"""Many documents: what is to be made, made by many hands, put in its place, and told of."""
