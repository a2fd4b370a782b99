"""The form of a municipality's committee papers, as its profile says it, and what that form leaves out."""
