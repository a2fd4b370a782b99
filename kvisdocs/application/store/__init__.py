"""The output folder: its manifest, what must stay in it, and how whole files get there.

Others use `atomic_files.cannot_write`, `change_detection.ChangeDetector`, `atomic_files.write_atomically`,
`digests.DigestBook`, `change_detection.tell_kept` and more.
"""
