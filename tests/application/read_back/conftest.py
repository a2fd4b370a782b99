from user import folder, kvisdocs

__all__ = ["folder", "kvisdocs"]
