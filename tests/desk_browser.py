"""A desk over some of the example cases, and a browser that was let in."""

import re
import socket
import threading
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import uvicorn
from starlette.testclient import TestClient

from kvisdocs.application.template_folders import find_assets
from kvisdocs.desk.app import create_app
from kvisdocs.desk.folder import Folder
from kvisdocs.desk.security import Secrets

ROOT = Path(__file__).parent.parent
PORT = 8642
ADDRESS = f"http://127.0.0.1:{PORT}"

CASE = "kirsten-aagaard-bro"
XSS = "<script>alert(1)</script>"

BROKEN = f"""kind: citizen
municipality: viborg
citizen:
  first_names: {XSS}
  cpr: 0101701234
plan: [
"""


@contextmanager
def opened(folder, assets=None, patience_s=60, output=None, **options):
    """A browser that has opened the printed address."""
    secrets = Secrets(PORT)
    app = create_app(
        Folder(folder),
        output or folder.parent / "output",
        assets or find_assets(None),
        secrets,
        patience_s=patience_s,
        **options,
    )
    with TestClient(app, base_url=ADDRESS, raise_server_exceptions=False) as browser:
        browser.secrets = secrets
        browser.get(secrets.address)
        yield browser


@contextmanager
def served(folder, output, assets, **options):
    """A desk that a thread of this process serves; its first address."""
    opened = socket.create_server(("127.0.0.1", 0))
    secrets = Secrets(opened.getsockname()[1])
    app = create_app(Folder(folder), output, assets, secrets, **options)
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical"))
    thread = threading.Thread(target=server.run, args=([opened],))
    thread.start()
    try:
        yield secrets.address
    finally:
        server.should_exit = True
        thread.join(30)


def names(page):
    """The files that the list of cases shows, in its order."""
    return re.findall(r'<td class="file">([^<]*)</td>', page.text)


def row(page, name):
    """What the list says of one of them."""
    return next(each for each in page.text.split("<tr>") if f">{name}<" in each)


def fields_of(page):
    """What a browser would send if nothing were changed."""
    found = dict(re.findall(r'<input (?:type="hidden" |id="[^"]*" )name="([^"]+)"[^>]*? value="([^"]*)"', page.text))
    found |= dict(re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>\n(.*?)</textarea>', page.text, re.DOTALL))
    for name, options in re.findall(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', page.text, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        found[name] = chosen[1]
    return found


def body_of(page, text):
    """What a browser would send of a case's page as text, with another text in it."""
    hidden = dict(
        re.findall(r'<input type="hidden" name="(form|version)" value="([^"]*)">', page.split("<textarea")[0])
    )
    return urlencode({"form": hidden["form"], "version": hidden["version"], "tekst": text})


def find_letters(page, first="d"):
    """The letters that can be chosen: those that are sent (`d`), on paper (`p`), or only printed (`u`)."""
    return re.findall(rf'id="{first}\d+" value="([0-9a-f]{{64}})"', page.text)
