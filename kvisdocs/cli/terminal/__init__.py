"""How commands hear and speak: common options, languages, problems and counts, progress, pipes.

Others use `report.show`, `report.show_problems` and `language.start_language`.
"""
