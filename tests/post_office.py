"""A stand-in for Serviceplatformen on the loopback, with its faults, and an output folder of letters to be sent by it.

As a program: `post_office.py OUTPUT TEMPLATES ADDRESS CERTIFICATE` sends what OUTPUT holds, as `kvisdocs send` would.
"""

import base64
import hashlib
import io
import ipaddress
import json
import random
import ssl
import sys
import threading
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
from many_cases import DAY, write_examples

from kvisdocs.application.dispatch.digital_post import DigitalPost
from kvisdocs.application.dispatch.send import SendingRun
from kvisdocs.application.journal.entry import Entry, Event, NamedFile
from kvisdocs.application.journal.journal import Journal
from kvisdocs.application.journal.scribe import Scribe
from kvisdocs.application.store.session import open_output
from kvisdocs.application.template_folders import find_assets
from kvisdocs.cases.load import load_case

TODAY = date.fromisoformat(DAY)
ROOT = Path(__file__).parent.parent
SENDING = """
sending:
  cvr: 99999918
  channels: {follow-up-plan: digital_post, return-plan: digital_post, gp-letter: print}
"""
SENDERS = {"herning": "Herning Kommune", "koebenhavn": "Københavns Kommune"}
_MEMO = "{https://DigitalPost.dk/MeMo-1}"
FAULTS = ("before: 500", "after: 500", "before: closed", "after: closed", "refused", "late")
"""What may go wrong with a message: before or after it was taken; refused; taken, and answered late."""


def now():
    return datetime.now(UTC)


class PostOffice:
    """The server. `taken` counts each message id; `numbers` and `digests` say of each to whom it went, and what."""

    def __init__(self, folder):
        self.taken, self.numbers, self.digests, self.unregistered = Counter(), {}, {}, set()
        self.fault_share, self.random = 0.0, random.Random(1)
        self.next_fault = None
        self.hook = lambda: None
        self.certificate = _write_certificate(folder / "post.pem")
        office = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def do_GET(self):
                number = self.path.rpartition("=")[2]
                self._answer(200, json.dumps({"result": number not in office.unregistered}))

            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                office.hook()
                fault = office.choose_fault()
                if fault.startswith("before") or fault == "refused":
                    return self._fail(fault)
                office.take(body)
                if fault == "late":
                    time.sleep(0.2)
                return self._answer(200, "") if fault in {"", "late"} else self._fail(fault)

            def _fail(self, fault):
                if fault.endswith("closed"):
                    self.close_connection = True
                    self.connection.shutdown(2)
                else:
                    self._answer(400 if fault == "refused" else 500, "fault")

            def _answer(self, status, text):
                self.send_response(status)
                self.send_header("content-length", str(len(text)))
                self.end_headers()
                self.wfile.write(text.encode())

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.handle_error = lambda *_: None  # a sender that was killed
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        self.address = f"https://127.0.0.1:{self.server.server_port}"
        self.lock = threading.Lock()

    def choose_fault(self):
        with self.lock:
            fault, self.next_fault = self.next_fault, None
            if fault is None:
                fault = self.random.choice(FAULTS) if self.random.random() < self.fault_share else ""
            return fault

    def take(self, body):
        memo = ElementTree.fromstring(body)
        name = memo.find(f".//{_MEMO}messageUUID").text
        with self.lock:
            self.taken[name] += 1
            self.numbers[name] = memo.find(f".//{_MEMO}recipientID").text
            content = base64.b64decode(memo.find(f".//{_MEMO}content").text)
            self.digests[name] = hashlib.sha256(content).hexdigest()


@contextmanager
def opened_post_office(folder):
    office = PostOffice(folder)
    thread = threading.Thread(target=office.server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield office
    finally:
        office.server.shutdown()
        thread.join()
        office.server.server_close()


def _write_certificate(path):
    """A key and a certificate for 127.0.0.1, as one PEM."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "stand-in")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(now() - timedelta(days=1))
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    builder = builder.not_valid_after(now() + timedelta(days=30)).add_extension(names, critical=False)
    certificate = builder.sign(key, hashes.SHA256())
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return path


def open_access(address, certificate):
    """An access with tokens of its own, since the tokens' server is elsewhere."""
    from python_serviceplatformen.authentication import KombitAccess, Token

    access = KombitAccess("99999918", str(certificate))
    access.environment = address
    services = ("kombipostafsend", "postforespoerg")
    token = Token("Bearer test", datetime.max)  # noqa: DTZ901  (as the library compares it)
    access._access_tokens = {f"http://entityid.kombit.dk/service/{name}/1": token for name in services}
    return access


@dataclass(frozen=True)
class StandInAccess:
    """The way to the stand-in, for another process too."""

    address: str
    certificate: Path

    def __call__(self, cvr):
        return DigitalPost(open_access(self.address, self.certificate))


def open_run(output, templates, address, certificate, **options):
    post = StandInAccess(address, certificate)
    scribe = options.pop("scribe", None) or Scribe("Prøve", now)
    return SendingRun(output, find_assets(templates), scribe, TODAY, post=post, **options)


# ---- letters ----


def write_templates(folder):
    """A templates folder whose profiles say how letters are sent."""
    (folder / "profiles").mkdir(parents=True)
    for name in SENDERS:
        profile = (ROOT / f"templates/profiles/{name}.yaml").read_text("utf-8")
        (folder / f"profiles/{name}.yaml").write_text(profile + SENDING, "utf-8")
    return folder


def write_outbox(root, count, unapproved=()):
    """Cases, and an output folder with a plan of each, approved but for those. Gives the plans' digests by case."""
    write_examples(root / "cases", count)
    output, digests, entries = root / "output", {}, []
    with open_output(output) as session:
        for number, file in enumerate(sorted((root / "cases").iterdir())):
            loaded = load_case(file)
            data = make_letter(loaded.case)
            path = output / file.stem / "follow-up-plan.pdf"
            path.parent.mkdir()
            path.write_bytes(data)
            digests[file.stem] = hashlib.sha256(data).hexdigest()
            made = Entry(
                now(), Event.MADE, "maker", file.stem, "follow-up-plan",
                {"pdf": NamedFile(path.name, digests[file.stem])},
                {"case": session.manifest.keyed(file.read_bytes()), "date": DAY},
                details={"source": f"../cases/{file.name}"},
            )  # fmt: skip
            entries.append(made)
            if number not in unapproved:
                entries.append(Entry(now(), Event.APPROVED, "reader", made.case_id, made.document, made.files))
    Journal(output).append(entries)
    return digests


def make_letter(case, name=None, number=None):
    """A page that says what a letter of the case must say, in its places; to somebody else, if one is named."""
    citizen = case.citizen
    lines = [(175, name or citizen.name), *((175 + 14 * n, line) for n, line in enumerate(citizen.address.lines, 1))]
    lines += [(300, f"CPR {number or citizen.cpr}"), (320, citizen.name), (340, SENDERS[case.municipality])]
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )  # fmt: skip
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
        shown = b"".join(
            b"BT /F1 10 Tf 70 %d Td <%s> Tj ET\n" % (842 - top, text.encode("cp1252").hex().encode())
            for top, text in lines
        )
        page.obj.Contents = pdf.make_stream(shown)
        file = io.BytesIO()
        pdf.save(file, static_id=True)
    return file.getvalue()


if __name__ == "__main__":
    output, templates, address, certificate = sys.argv[1:]
    done = open_run(Path(output), Path(templates), address, certificate).go()
    print(json.dumps(Counter(each.result.name for each in done)))
