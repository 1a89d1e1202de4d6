"""One document a story, by however many addresses of a source it is reached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from crawlers.article import token_f1
from crawlers.urls import document_id
from data.archive import Archive
from data.models import Document

ALIKE = 0.8
"""Texts of one canonical address that share so much (F1 of tokens) are one story; else that address is not believed."""
WORDS = 200
"""Characters of text from which on equal words alone make two documents of a source and a day one."""

Found = tuple[str, Document]
"""The address by which a document was found, and the document, with the address that its page gives as its own."""


def add_stories(archive: Archive, found: Sequence[Found]) -> int:
    """Store what is new or revised; returns how many. Of a story that is there already only the address is noted."""
    taken: dict[str, Document] = {}
    addresses: dict[str, str] = {}
    twins: set[str] = set()
    for address, document in found:
        id, stored = _settled(archive, taken, address, document)
        if stored:
            taken[id] = stored
        known = stored or document
        others = {address, known.url or address} - ({known.url} if stored else set())
        addresses |= dict.fromkeys(others, id)
        twins |= set() if stored else others
    new = archive.add_documents(taken.values())
    archive.put_addresses(addresses, twins=twins)
    return new


def _settled(
    archive: Archive, taken: Mapping[str, Document], address: str, document: Document
) -> tuple[str, Document | None]:
    """The id of the story, and the document to store, if any."""
    held = taken.get(document.id) or next(archive.documents_of([document.id]), None)
    if held is None:
        twin = _same_words(archive, taken, document)
        return (twin, None) if twin else (document.id, document)
    if address == held.url or archive.leads_to(address) == (held.id, False):
        return held.id, document
    if _alike(held, document):
        return held.id, None
    own = replace(document, id=document_id(address), url=address)
    return own.id, own


def _alike(one: Document, other: Document) -> bool:
    if one.text and other.text:
        return token_f1(one.text, other.text) >= ALIKE
    return one.title.casefold() == other.title.casefold()


def _same_words(archive: Archive, taken: Mapping[str, Document], document: Document) -> str | None:
    if len(document.text) < WORDS:
        return None
    own = (document.source, document.published, document.body)
    among = (each.id for each in taken.values() if (each.source, each.published, each.body) == own)
    return next(among, None) or archive.same_words(document)
