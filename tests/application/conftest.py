from user import command, folder, kvisdocs, note, on_a_terminal, program, write

__all__ = ["command", "folder", "kvisdocs", "note", "on_a_terminal", "program", "write"]
