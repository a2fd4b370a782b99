"""A form's text back into a file: what nobody touched keeps its bytes."""

import codecs

import pytest

from kvisdocs.desk.text import open_text, put_back

FILES = [
    b"",
    b"kind: citizen\n",
    b"kind: citizen",
    b"kind: citizen\r\nplan: x\r\n",
    codecs.BOM_UTF8 + b"kind: citizen\r\n\r\n",
    b"a: 1\r\nb: 2\nc: 3\rd: 4",
    b"\n\n",
    "a: Æblegrød \u2028 og \x0c\n".encode(),
]


def as_browsers_send(text):
    return text.replace("\n", "\r\n")


@pytest.mark.parametrize("data", FILES)
def test_what_is_not_touched_keeps_its_bytes(data):
    assert put_back(data, as_browsers_send(open_text(data, "a.yaml").shown)) == data


@pytest.mark.parametrize(
    ("data", "sent", "saved"),
    [
        (b"a: 1\r\nb: 2\r\n", "a: 1\nny: 3\nb: 2\n", b"a: 1\r\nny: 3\r\nb: 2\r\n"),
        (b"a: 1\nb: 2\r\nc: 3\n", "a: 0\nb: 2\nc: 3\n", b"a: 0\nb: 2\r\nc: 3\n"),
        (b"a: 1\r\nb: 2", "a: 1\nb: 2\nc: 3", b"a: 1\r\nb: 2\r\nc: 3"),
        (b"a: 1\r\nb: 2\r\n", "a: 1\nb: 2", b"a: 1\r\nb: 2"),
        (codecs.BOM_UTF8 + b"a: 1\n", "b: 2\n", codecs.BOM_UTF8 + b"b: 2\n"),
        ("a: æ\r\n".encode("cp1252"), "a: æ\n", "a: æ\r\n".encode()),
        ("a: æ\r\n".encode("utf-16"), "a: æ\n", "a: æ\r\n".encode()),
        (b"a\r\n" * 9000, "b\n" * 9000, b"b\r\n" * 9000),
    ],
)
def test_new_lines_end_as_those_of_the_file(data, sent, saved):
    assert put_back(data, as_browsers_send(sent)) == saved
