"""The letter by which a reader corrects an event: begun for her, so that the editors can use it as it comes."""

from __future__ import annotations

from email.utils import parseaddr
from urllib.parse import quote

LETTER = """What is wrong, and the address of a document that shows it:



{address}

{form}"""
FORM = """- correct: {id}
  field: date
  value:
  why:
  by:
"""


def mailto(contact: str) -> str:
    """The mailto address (RFC 6068) of a mail address, with a name or without."""
    return f"mailto:{quote(parseaddr(contact)[1], safe='@')}"


def correction(id_: str) -> str:
    """An entry of data/corrections.yaml for an event, to be filled in."""
    return FORM.format(id=id_)


def letter(contact: str, id_: str, address: str) -> str:
    """The address that opens the letter, whose end is the form of data/corrections.yaml."""
    body = LETTER.format(address=address, form=correction(id_)).replace("\n", "\r\n")
    return f"{mailto(contact)}?subject={quote(f'Correction: {id_}')}&body={quote(body)}"
