"""Pictures from outside, checked and made fit for both files.

Others use `rasters.PictureError`, `pictures.local_name`, `pictures.prepare_picture`, `pictures.is_markup`,
`rasters.find_format` and more.
"""
