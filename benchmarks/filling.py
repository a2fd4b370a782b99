"""docxtpl as its documentation uses it: a Word template with tags, filled."""

import io
from collections.abc import Mapping

import docxtpl


def fill_docxtpl(template: bytes, words: Mapping[str, object], autoescape: bool = True) -> bytes:
    """The file that docxtpl makes of a template, which it reads anew each time, since it fills a template once."""
    document = docxtpl.DocxTemplate(io.BytesIO(template))
    document.render(dict(words), autoescape=autoescape)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
