"""What people do to a finished Word file: by hand in its XML, and in LibreOffice by a macro."""

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from judges import run_office
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class WordEdit:
    """The body of a Word file, to be changed."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root

    def put(self, tag: str, text: str, number: int = 0) -> None:
        """Another text in the content control of that tag."""
        found = self.control(tag, number)
        first, *others = found.iter(f"{W}t")
        first.text = text
        for each in others:
            each.text = ""

    def control(self, tag: str, number: int = 0) -> etree._Element:
        controls = [
            each for each in self.root.iter(f"{W}sdt") if each.find(f"{W}sdtPr/{W}tag[@{W}val='{tag}']") is not None
        ]
        return controls[number]

    def unwrap(self, tag: str) -> None:
        """Takes a control away, and leaves its text."""
        control = self.control(tag)
        for child in control.find(f"{W}sdtContent"):
            control.addprevious(child)
        control.getparent().remove(control)

    def exchange(self, before: str, after: str) -> None:
        """Another text in the one run that has it."""
        (run,) = [each for each in self.root.iter(f"{W}t") if before in (each.text or "")]
        run.text = (run.text or "").replace(before, after)

    def paragraph(self, text: str) -> etree._Element:
        """The first paragraph with a text."""
        return next(
            each for each in self.root.iter(f"{W}p") if text in "".join(t.text or "" for t in each.iter(f"{W}t"))
        )

    def delete(self, text: str) -> None:
        paragraph = self.paragraph(text)
        paragraph.getparent().remove(paragraph)

    def add_below(self, text: str, new: str) -> None:
        paragraph = etree.fromstring(
            f'<w:p xmlns:w="{W[1:-1]}"><w:r><w:t xml:space="preserve">{escape(new)}</w:t></w:r></w:p>'
        )
        self.paragraph(text).addnext(paragraph)


def edit_word(file: Path, edit: Callable[[WordEdit], None]) -> None:
    """Changes a Word file as its owner does."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    root = etree.fromstring(parts["word/document.xml"])
    edit(WordEdit(root))
    parts["word/document.xml"] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


_MACRO = """\
Sub Main()
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  document = StarDesktop.loadComponentFromURL("{file}", "_blank", 0, hidden())
{changes}
  Dim saving(0) As New com.sun.star.beans.PropertyValue
  saving(0).Name = "FilterName"
  saving(0).Value = "MS Word 2007 XML"
  document.storeToURL("{file}", saving())
  document.close(True)
End Sub
Function Find(document, text)
  search = document.createSearchDescriptor()
  search.SearchString = text
  Find = document.findFirst(search)
End Function
Sub Exchange(document, before, after)
  found = Find(document, before)
  found.String = after
End Sub
Sub Delete(document, text)
  found = Find(document, text)
  cursor = found.Text.createTextCursorByRange(found)
  cursor.gotoStartOfParagraph(False)
  cursor.gotoEndOfParagraph(True)
  cursor.goRight(1, True)
  cursor.String = ""
End Sub
"""
_BASIC = "http://openoffice.org/2000"


def edit_in_office(file: Path, exchanged: Mapping[str, str], deleted: str) -> None:
    """Opens a Word file in LibreOffice, exchanges texts, deletes the paragraph with a text, and saves it."""
    changes = [f'  Exchange(document, "{before}", "{after}")' for before, after in exchanged.items()]
    macro = _MACRO.format(file=file.as_uri(), changes="\n".join([*changes, f'  Delete(document, "{deleted}")']))
    module = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="{_BASIC}/script" script:name="Edits"
 script:language="StarBasic">{escape(macro)}</script:module>
"""
    library = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<library:library xmlns:library="{_BASIC}/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Edits"/></library:library>
"""
    run_office("macro:///Standard.Edits.Main", {"Standard/script.xlb": library, "Standard/Edits.xba": module})
