"""Digital Post by way of Serviceplatformen (SF1601, KombiPostAfsend and PostForespoerg)."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urljoin
from xml.etree import ElementTree

from kvisdocs.messages import N_, Message, message

if TYPE_CHECKING:
    from python_serviceplatformen.authentication import KombitAccess
    from python_serviceplatformen.models.message import Message as Memo

_SEND, _ASK = (f"http://entityid.kombit.dk/service/{name}/1" for name in ("kombipostafsend", "postforespoerg"))
"""The services for which an access token is asked."""


TIMEOUTS_S = 10, 60
"""So long a connection, and then an answer, is waited for."""


_NO_TRUST = re.compile("CERTIFICATE|UNKNOWN_CA|HANDSHAKE|VERSION", re.IGNORECASE)
"""What OpenSSL says where one side refuses the other before anything is read."""

_CPR = re.compile(r"\d{6}[- ]?\d{4}")
"""No person's number gets into what is shown of a fault, though addresses of questions hold it."""


class NotTakenError(Exception):
    """The message was certainly not taken; `what` says why."""

    def __init__(self, what: Message, is_for_all: bool = False) -> None:
        super().__init__(what)
        self.what = what
        self.is_for_all = is_for_all
        """Whether every other message would fail in the same way."""


class UnknownOutcomeError(Exception):
    """The message may have been taken or not; `what` says what happened."""

    def __init__(self, what: Message) -> None:
        super().__init__(what)
        self.what = what


class PostOffice(Protocol):
    """What takes messages to their recipients."""

    def is_registered(self, number: str) -> bool:
        """Whether a CPR or CVR number receives Digital Post. Raises NotTakenError where nobody can tell."""
        ...

    def send(self, memo: "Memo", transaction: str) -> None:
        """Hand a message over, under a transaction's id. Raises NotTakenError or UnknownOutcomeError."""
        ...


PostAccess = Callable[[str], PostOffice]
"""Opens the way for the municipality with that CVR number. Raises NotTakenError."""


class DigitalPost:
    """Serviceplatformen, by the library of its users."""

    def __init__(self, access: "KombitAccess") -> None:
        self._access = access

    def is_registered(self, number: str) -> bool:
        """As in PostOffice."""
        import requests
        from python_serviceplatformen.digital_post import is_registered

        self._prepare(_ASK)
        try:
            return bool(is_registered(number, "digitalpost", self._access))
        except requests.HTTPError as error:
            raise NotTakenError(_answered(error)) from None
        except (requests.RequestException, KeyError, ValueError, OSError) as error:
            raise NotTakenError(_unreachable(error), is_for_all=True) from None

    def send(self, memo: "Memo", transaction: str) -> None:
        """As in PostOffice. A token is there before, so that what fails afterwards is the message's own."""
        import requests
        from python_serviceplatformen.date_helper import format_datetime

        token = self._prepare(_SEND)
        headers = {
            "X-TransaktionsId": transaction,
            "X-TransaktionsTid": format_datetime(memo.messageBody.createdDateTime),
            "authorization": token,
            "Content-Type": "application/xml",
        }
        url, body = urljoin(self._access.environment, "service/KombiPostAfsend_1/memos"), write_request(memo)
        try:
            answer = requests.post(url, headers=headers, data=body, cert=self._access.cert_path, timeout=TIMEOUTS_S)
            answer.raise_for_status()
        except requests.HTTPError as error:
            if _is_refusal(error):
                raise NotTakenError(_answered(error)) from None
            raise UnknownOutcomeError(_answered(error)) from None
        except requests.exceptions.ConnectTimeout as error:
            raise NotTakenError(_unreachable(error), is_for_all=True) from None
        except requests.ConnectionError as error:
            if _is_never_connected(error):
                raise NotTakenError(_unreachable(error), is_for_all=True) from None
            raise UnknownOutcomeError(_unreachable(error)) from None
        except (requests.RequestException, OSError) as error:
            raise UnknownOutcomeError(_unreachable(error)) from None

    def _prepare(self, service: str) -> str:
        """An access token. Raises NotTakenError: without one nothing goes."""
        import requests

        try:
            return str(self._access.get_access_token(service))
        except (requests.RequestException, ValueError, KeyError, OSError) as error:
            what = message(
                "dispatch.post.no_access",
                "there is no access to send: {why} ({fault})",
                why=_explain(error),
                fault=_said(error),
            )
            raise NotTakenError(what, is_for_all=True) from None


def _find_cause(error: Exception) -> object:
    """What urllib3 says of it, under what requests made of that."""
    from urllib3.exceptions import MaxRetryError

    cause = error.args[0] if error.args else None
    return cause.reason if isinstance(cause, MaxRetryError) else cause


def _is_never_connected(error: Exception) -> bool:
    """Whether no connection came about at all, so that nothing can have been taken."""
    from urllib3.exceptions import NewConnectionError, ProxyError, SSLError

    reason = _find_cause(error)
    if isinstance(reason, ProxyError):
        reason = reason.original_error
    if isinstance(reason, SSLError):  # one of the two did not trust the other; an end in the middle tells nothing
        return _NO_TRUST.search(str(reason)) is not None
    return isinstance(reason, NewConnectionError)


def _is_refusal(error: Exception) -> bool:
    """Whether the answer says that the message is not taken. A conflict may mean that it was taken before."""
    status = getattr(getattr(error, "response", None), "status_code", 0)
    return 400 <= status < 500 and status != 409


def _answered(error: Exception) -> Message:
    response = getattr(error, "response", None)
    status, text = getattr(response, "status_code", 0), str(getattr(response, "text", ""))
    why = _STATUS.get(status) or (_REFUSED if _is_refusal(error) else _FAULT)
    return message(
        "dispatch.post.answer",
        "Digital Post answered with status {status}: {why} ({text})",
        status=status,
        why=why,
        text=_shorten(text) or "–",
    )


_REFUSED, _FAULT = N_("it refuses the message"), N_("it has a fault of its own")
_STATUS = {
    401: N_("it does not know the municipality's certificate"),
    403: N_("the municipality has no right to this service"),
    409: N_("it may have the message already"),
    429: N_("it is asked too often"),
}


def _unreachable(error: Exception) -> Message:
    return message(
        "dispatch.post.unreachable",
        "Digital Post did not answer: {why} ({fault})",
        why=_explain(error),
        fault=_said(error),
    )


def _explain(error: Exception) -> Message:
    """What happened, in plain words."""
    import requests
    from urllib3.exceptions import NameResolutionError, NewConnectionError

    cause = _find_cause(error)
    is_file = isinstance(error, OSError) and not isinstance(error, requests.RequestException)
    kinds: tuple[tuple[bool, Message], ...] = (
        (is_file or "PEM" in str(cause), N_("the certificate's file cannot be read")),
        (isinstance(error, requests.Timeout), N_("it took too long")),
        (isinstance(error, requests.exceptions.ProxyError), N_("the proxy did not let it through")),
        (_NO_TRUST.search(str(cause)) is not None, N_("one of the two did not accept the other's certificate")),
        (isinstance(cause, NameResolutionError), N_("its name was not found in the network")),
        (isinstance(cause, NewConnectionError), N_("no connection came about")),
        (isinstance(error, requests.ConnectionError), N_("the connection was closed before the answer came")),
    )
    return next((said for is_so, said in kinds if is_so), N_("its answer cannot be read"))


def _said(error: Exception) -> str:
    """The same for whoever runs the machines, in the words of the library."""
    cause = _find_cause(error)
    cause = cause if isinstance(cause, Exception) else error
    return _shorten(f"{type(cause).__name__}: {cause}")


def _shorten(text: str) -> str:
    return " ".join(_CPR.sub("…", text).split())[:200]


def write_request(memo: "Memo") -> bytes:
    """The body of a request to KombiPostAfsend, in UTF-8. The library's own is Latin-1 that says it is UTF-8."""
    from python_serviceplatformen.models.xml_util import dataclass_to_xml

    request = ElementTree.Element("kombi_request")
    ElementTree.SubElement(request, "KombiValgKode").text = "Digital Post"
    request.append(dataclass_to_xml(memo))
    return bytes(ElementTree.tostring(request, encoding="utf-8", xml_declaration=True))


@dataclass(frozen=True)
class DigitalPostAccess:
    """The way to Serviceplatformen with a certificate, for each municipality by its CVR number."""

    certificate: Path
    """The municipality's, with its key, as PEM."""
    is_test: bool
    """Whether it is Serviceplatformen's external test."""
    _opened: dict[str, PostOffice] = field(default_factory=dict, repr=False, compare=False)

    def __call__(self, cvr: str) -> PostOffice:
        """The way for that municipality; its access tokens are kept."""
        if cvr not in self._opened:
            from python_serviceplatformen.authentication import KombitAccess

            self._opened[cvr] = DigitalPost(KombitAccess(cvr, str(self.certificate), self.is_test))
        return self._opened[cvr]
