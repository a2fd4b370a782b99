"""The worker pool on one machine: processes that may be killed, and what each of them does.

Others use `pool.WorkerDied`, `pool.NoWorkersLeftError`, `worker.start_pool`, `pool.TaskTimeout` and more.
"""
