"""The worker pool on one machine: processes that may be killed, and what each of them does."""
