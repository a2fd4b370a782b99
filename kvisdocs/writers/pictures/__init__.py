"""Pictures from outside, checked and made fit for both files.

Others use `rasters.PictureError`, `svg_checks.local_name`, `pictures.prepare_picture`, `svg_checks.is_markup`,
`rasters.find_format` and more.
"""
