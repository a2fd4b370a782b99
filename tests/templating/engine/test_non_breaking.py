"""What belongs together on a line; ° is a no-break space."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from builders import COMMITTEE, loaded_case

from kvisdocs.templating.documents import load_documents
from kvisdocs.templating.engine.environment import make_environment
from kvisdocs.templating.engine.formatting import keep_together
from kvisdocs.templating.engine.markdown import render_inline_markdown, render_markdown
from kvisdocs.templating.html import Assets
from kvisdocs.templating.render import Renderer

SHIPPED = Path(__file__).parents[3] / "templates"


def shown(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", "°")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("mødt den 14. november 2012", "mødt den 14.°november°2012"),
        ("til 31 marts 2013", "til 31°marts°2013"),
        ("mødes kl. 9.30", "mødes kl.°9.30"),
        ("efter § 9, stk. 2, jf. §§ 10 og 11", "efter §°9, stk.°2, jf.°§§°10 og 11"),
        ("i alt 3 mio. kr. og 1,8 FTE", "i alt 3°mio.°kr. og 1,8°FTE"),
        ("3.286.600 kr. pr. 31. oktober", "3.286.600°kr. pr.°31.°oktober"),
        ("80 % på en skala fra 1 - 10", "80°% på en skala fra 1°-°10"),
        ("ring 96 28 00 00", "ring 96°28°00°00"),
        ("H. C. Ørsted i uge 8", "H.°C.°Ørsted i uge°8"),
        ("f. eks. hver 14. dag i 6 uger", "f.°eks. hver 14.°dag i 6°uger"),
        ("ca. 188 borgere, bilag 1, sagsnr. 4", "ca.°188 borgere, bilag°1, sagsnr.°4"),
        ("den 14.\nnovember", "den 14.°november"),
    ],
)
def test_a_number_stays_with_what_it_counts(text: str, wanted: str) -> None:
    assert shown(keep_together(text)) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Der er visiteret 304. Alle har en plan.",
        "Det sluttede i 2012. Siden er",
        "Vi 3 talte om 14 ting",
        "26/4282",
        "",
    ],
)
def test_other_spaces_are_left_alone(text: str) -> None:
    assert keep_together(text) == text


def test_markdown_keeps_together_over_the_end_of_a_line_but_not_in_code() -> None:
    assert shown(render_markdown("Mødt den 14.\nnovember,\n**3 mio. kr.** og `kl. 9`")) == (
        "<p>Mødt den 14.°november,\n<strong>3°mio.°kr.</strong> og <code>kl. 9</code></p>\n"
    )
    assert shown(render_inline_markdown("[uge 8](https://a.dk/uge%208)")) == '<a href="https://a.dk/uge%208">uge°8</a>'


def test_texts_of_a_case_are_kept_together_in_the_body_and_plain_in_the_title() -> None:
    item = loaded_case(yaml.safe_dump({**COMMITTEE, "title": "Status den 1. november"}, allow_unicode=True))
    assets = Assets((SHIPPED,))
    document = Renderer(assets).render(item, load_documents(assets)["committee-brief"], date(2012, 11, 14))
    assert "Status den 1.°november</h1>" in shown(document.text)
    assert document.title == "Punkt 87. Status den 1. november"


def test_an_attribute_stays_as_it_is_where_the_template_escapes_it() -> None:
    template = make_environment(Assets((SHIPPED,))).from_string('<img src="{{ name | e }}" alt="{{ name }}">')
    assert shown(template.render(name="våben nr. 2.svg")) == '<img src="våben nr. 2.svg" alt="våben nr.°2.svg">'
