"""A letter and a plan as PDF, warm: kvisdocs beside WeasyPrint itself, in one run on one machine.

    .venv/bin/python benchmarks/letter_pdf.py

Both get the same HTML and the same stylesheet. *reused* is WeasyPrint at its best: one FontConfiguration and one parsed
stylesheet for all documents. *first page* is WeasyPrint as the first page of its documentation uses it:
`HTML(…).write_pdf()`, with the stylesheet linked from the HTML. All three write PDF/A-2a, and are measured in turns, in
the processor's time, the best of many; the figures are the ratios.
"""

from collections.abc import Callable
from pathlib import Path

import weasyprint
from timing import best_in_turns, size
from weasyprint.text.fonts import FontConfiguration

from kvisdocs.cases.load import load_case
from kvisdocs.templating.documents import load_documents
from kvisdocs.templating.html import BASE_URL, Assets, HtmlDocument
from kvisdocs.templating.render import Renderer
from kvisdocs.templating.samples import SAMPLE_DAY
from kvisdocs.writers.pdf.document import write_pdf
from kvisdocs.writers.pdf.sources import AssetFetcher

ROUNDS = size(12, 1)
ROOT = Path(__file__).parent.parent
CASE = ROOT / "cases_yaml" / "2012" / "citizens" / "karoline-oestergaard-lindqvist.yaml"
VARIANT = "pdf/a-2a"


def reused(document: HtmlDocument) -> Callable[[], bytes]:
    """WeasyPrint with everything kept that can be kept."""
    fonts, fetcher = FontConfiguration(), AssetFetcher(document.assets)
    texts = [(name, document.assets.read_text(name)) for name in document.stylesheets]
    options = {"url_fetcher": fetcher, "font_config": fonts, "media_type": "pdf"}
    sheets = [weasyprint.CSS(string=text, base_url=f"{BASE_URL}{name}", **options) for name, text in texts]

    def run() -> bytes:
        page = weasyprint.HTML(string=document.text, base_url=BASE_URL, url_fetcher=fetcher, media_type="pdf")
        return page.write_pdf(font_config=fonts, stylesheets=sheets, pdf_variant=VARIANT)

    return run


def first_page(document: HtmlDocument) -> Callable[[], bytes]:
    """WeasyPrint as it comes: nothing is kept from one document to the next."""
    links = "".join(f'<link rel="stylesheet" href="{BASE_URL}{name}">' for name in document.stylesheets)
    text = document.text.replace("</head>", f"{links}</head>")

    def run() -> bytes:
        page = weasyprint.HTML(
            string=text, base_url=BASE_URL, url_fetcher=AssetFetcher(document.assets), media_type="pdf"
        )
        return page.write_pdf(pdf_variant=VARIANT)

    return run


def main() -> None:
    """Print the times and the two ratios of each document."""
    assets = Assets((ROOT / "templates",))
    renderer, documents, case = Renderer(assets), load_documents(assets), load_case(CASE)
    for name in ("gp-letter", "follow-up-plan"):
        html = renderer.render(case, documents[name], SAMPLE_DAY)
        ours, warm, cold = best_in_turns([lambda html=html: write_pdf(html), reused(html), first_page(html)], ROUNDS)
        times = [f"{each * 1000:.0f} ms" for each in (ours, warm, cold)]
        print(f"{name}: kvisdocs {times[0]}, WeasyPrint reused {times[1]}, first page {times[2]}")
        print(f"  {ours / warm:.2f} times WeasyPrint reused, {ours / cold:.2f} times its first page")


if __name__ == "__main__":
    main()
