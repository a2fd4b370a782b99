"""Cases and items: the list, one of them, and a new one."""
