"""Meetings with made items: as long as they are asked for, and each with words of its own."""

from collections.abc import Sequence
from pathlib import Path

WORDS = "arbejdet samtalen virksomheden borgeren planen forløbet indsatsen centret foråret teamet målet svaret".split()  # noqa: SIM905


def write_meeting(
    folder: Path, municipality: str, count: int, closed: Sequence[int], supplement: int, first: int, length: int = 60
) -> Path:
    """A meeting of so many items that has been held; `closed` and the `supplement` by their place, from 0."""
    entries, number = [], first + 1
    for place in range(count):
        is_supplement = place >= count - supplement
        here = number + place + (2 if is_supplement else 0)
        (folder / f"{municipality}-{place}.yaml").write_text(
            make_item(municipality, place, here, place in closed, length), encoding="utf-8"
        )
        entries.append(f"  - file: {municipality}-{place}.yaml\n" + ("    supplement: ja\n" if is_supplement else ""))
    entries[0] += "    extract: ja\n"
    path = folder / f"moede-{municipality}.yaml"
    path.write_text(
        f"""kind: meeting
municipality: {municipality}
committee: Beskæftigelsesudvalget
date: 2026-11-04
start: "16:00"
end: "18:00"
place: Rådhuset
sent_out: 2026-10-28
first_number: {first}
members:
  - {{name: Karen Holmegaard, party: A, role: formand}}
  - {{name: Poul Erik Vestby, party: V, arrived: "{first + 2}"}}
  - {{name: Rikke Hougaard, party: Ø}}
  - {{name: Jens Vang, party: V, attendance: apologies, substitute: {{name: Bodil Stenstrup, party: V}}}}
items:
{"".join(entries)}fixed:
  - {{id: approval, decision: Godkendt.}}
""",
        encoding="utf-8",
    )
    return path


def make_item(municipality: str, place: int, number: int, is_closed: bool, length: int) -> str:
    """An item whose closed words all begin with `hemmelig`."""
    mark = f"hemmelig{place}x" if is_closed else f"aaben{place}x"
    sentences = [
        f"{mark}{WORDS[each % 12]} og {mark}{WORDS[(each * 5 + 1) % 12]} blev drøftet." for each in range(length)
    ]
    text = "\n\n    ".join(" ".join(sentences[each : each + 6]) for each in range(0, length, 6))
    access = f"access: closed\nneutral_title: Punkt uden navn {place}\n" if is_closed else ""
    return f"""kind: committee
municipality: {municipality}
meeting: {{committee: Beskæftigelsesudvalget, date: 2026-11-04}}
number: "{number}"
title: {mark}titel og {mark}indhold
{access}fields:
  summary: |
    {text}
decisions:
  - text: {mark}beslutning blev tiltrådt.
"""
