"""The worker pool on several machines, by Dask (the extra `cluster`).

Others use `cluster.join`.
"""
