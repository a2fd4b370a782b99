"""What commands and programs share: reading and judging cases, making documents, putting files in place.

Others use `outcome.Outcome`, `outcome.Status`, `job.RunSettings`, `outcome.Failure`, `template_folders.find_assets`
and more.
"""
