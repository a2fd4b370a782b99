"""The gate over finished files: outsiders judge what the writers made. Knows no other stage, only `problems`.

Others use `gate.verify_files`.
"""
