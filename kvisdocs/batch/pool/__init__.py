"""The worker pool on one machine: processes that may be killed, and what each of them does.

Others use `errors.WorkerDied`, `errors.NoWorkersLeftError`, `worker.start_pool`, `errors.TaskTimeout`,
`errors.explain` and more.
"""
