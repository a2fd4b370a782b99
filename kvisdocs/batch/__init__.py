"""The month-end run: its plan, the run itself, and what is told of it.

Others use `run_service.RunRequest`, `run_service.Watcher` and `run_service.run_batch`.
"""
