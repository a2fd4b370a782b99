"""A letter as a message of Digital Post, in MeMo 1.2: the classes are those of python-serviceplatformen."""

import base64
import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from kvisdocs.application.dispatch.file_names import safe_name
from kvisdocs.application.dispatch.finished import FinishedFile
from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.cases.views import Audience
from kvisdocs.messages import Message, message
from kvisdocs.templating.profiles import Sending

if TYPE_CHECKING:
    from python_serviceplatformen.models.message import Message as Memo


@dataclass(frozen=True, slots=True)
class Address:
    """Whom a message is to: a CPR number of ten digits, or a CVR number of eight."""

    number: str
    name: str

    @property
    def is_firm(self) -> bool:
        """Whether the number is a firm's."""
        return len(self.number) == 8


def find_address(letter: FinishedFile) -> Address | Message:
    """The one whom Digital Post takes the letter to; a message where there is no such address."""
    case, audience = letter.loaded.case, letter.document.audience
    if isinstance(case, CitizenCase) and audience is Audience.CITIZEN:
        return Address("".join(filter(str.isdigit, case.citizen.cpr)), case.citizen.name)
    if isinstance(case, CitizenCase) and audience is Audience.EMPLOYER and case.workplace is not None:
        if case.workplace.cvr is None:
            firm = case.workplace.name
            return message("dispatch.address.no_cvr", '"{firm}" has no CVR number in the case', firm=firm)
        return Address(case.workplace.cvr, case.workplace.name)
    return message("dispatch.address.none", "Digital Post does not reach the one whom it is to")


def name_message(letter: FinishedFile, address: Address) -> str:
    """The id of the message: the same letter to the same recipient has the same one, so that it cannot go twice."""
    said = "\0".join((letter.sha256, letter.document.name, address.number))
    return str(uuid.UUID(bytes=hashlib.sha256(said.encode()).digest()[:16], version=4))


def find_faults(letter: FinishedFile, address: Address, sending: Sending) -> Iterator[Message]:
    """What Digital Post would refuse, or a recipient's phone would give away."""
    for text in (sending.label, sending.notification or ""):
        if _holds_number(text, address):
            yield message("dispatch.label.number", "the label or the notification holds the recipient's number")
    size = len(letter.data) * 4 / 3 / 1_000_000
    if size > float(sending.most_megabytes):
        yield message(
            "dispatch.message.too_large",
            "the message is {size:.1f} MB, and at most {most} may be sent",
            size=size,
            most=sending.most_megabytes,
        )


def _holds_number(text: str, address: Address) -> bool:
    return address.number in "".join(filter(str.isdigit, text))


def make_memo(letter: FinishedFile, address: Address, sending: Sending, created: datetime) -> "Memo":
    """The message with the letter as its main document. `created` is in UTC."""
    from python_serviceplatformen.models import message as memo

    kle = sending.kle
    file = memo.File(
        encodingFormat="application/pdf",
        filename=f"{safe_name(letter.document.title)}.pdf",
        language="da",
        content=base64.b64encode(letter.data).decode(),
    )
    return memo.Message(
        messageHeader=memo.MessageHeader(
            messageType="DIGITALPOST",
            messageUUID=name_message(letter, address),
            label=sending.label,
            notification=sending.notification,
            reply=False,
            mandatory=sending.mandatory,
            legalNotification=sending.legal_notification,
            sender=memo.Sender(senderID=sending.cvr, idType="CVR", label=letter.profile.name),
            recipient=memo.Recipient(
                recipientID=address.number, idType="CVR" if address.is_firm else "CPR", label=address.name
            ),
            contentData=memo.ContentData(
                caseID=memo.CaseID(caseID=letter.case_number, caseSystem=sending.case_system),
                KLE_data=kle
                and memo.KLEdata(subjectKey=kle.subject, version=kle.version, activityFacet=kle.facet, label=kle.label),
            ),
        ),
        messageBody=memo.MessageBody(
            createdDateTime=created,
            mainDocument=memo.MainDocument(label=letter.document.title, files=(file,)),
        ),
    )


def write_memo(letter: FinishedFile, address: Address, sending: Sending, created: datetime) -> bytes:
    """The message as XML, as it would be sent."""
    from python_serviceplatformen.models.xml_util import dataclass_to_xml

    element: ElementTree.Element = dataclass_to_xml(make_memo(letter, address, sending, created))
    return bytes(ElementTree.tostring(element, encoding="utf-8", xml_declaration=True))
