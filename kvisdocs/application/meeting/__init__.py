"""A meeting as the commands want it: its items and attachments read with it, and all judged together."""
