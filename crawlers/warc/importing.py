"""WARC files into the archive: what others kept is imported, what was kept here is extracted again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

from crawlers.pages import NoPageError, read_page
from crawlers.pipelines import document_of
from crawlers.stories import Found, add_stories
from crawlers.urls import document_id
from crawlers.warc.records import BadRecord, Kept, read_warc
from data.archive import Archive
from data.models import Document, Source

BATCH = 50
"""Documents committed at a time."""

Tell = Callable[[str], None]


def import_warc(file: Path, archive: Archive, tell: Tell) -> Counter[str]:
    """Put the articles of a WARC file into the archive; counts `pages`, `documents` (new or revised) and `bad` records.

    A document's source is the one that its record names, else its host. A bad record is told and passed over; what the
    archive has of a later day stays. OSError where the file cannot be read.
    """
    counts: Counter[str] = Counter()
    found = _documents(_told(read_warc(file), file, counts, tell), counts)
    while batch := list(islice(found, BATCH)):
        dates = {address: old.fetched or "" for address, old in _known(archive, batch).items()}
        _store([each for each in batch if dates.get(each[0], "") <= (each[1].fetched or "")], archive, counts)
    return counts


def reextract(files: Sequence[Path], archive: Archive, tell: Tell) -> Counter[str]:
    """Extract again what WARC files hold, and store a revision where title or text came out otherwise.

    Of several responses for one address the latest counts. Counts, tells and raises as import_warc().
    """
    counts: Counter[str] = Counter()
    latest: dict[str, str] = {}
    for kept in _articles(kept for file in files for kept in read_warc(file) if isinstance(kept, Kept)):
        latest[kept.entry.address] = max(latest.get(kept.entry.address, ""), kept.date or "")
    for file in files:
        told = _told(read_warc(file), file, counts, tell)
        found = _documents((kept for kept in told if latest.get(kept.entry.address) == (kept.date or "")), counts)
        while batch := list(islice(found, BATCH)):
            old = _known(archive, batch)
            own = [each for each in batch if not _is_twin(archive, each[0])]
            _store([(url, _as_known(new, old[url]) if url in old else new) for url, new in own], archive, counts)
    return counts


def _known(archive: Archive, found: Sequence[Found]) -> dict[str, Document]:
    """What the archive has of these addresses."""
    ids = {address: (archive.leads_to(address) or (document_id(address),))[0] for address, _ in found}
    documents = {document.id: document for document in archive.documents_of(set(ids.values()))}
    return {address: documents[id] for address, id in ids.items() if id in documents}


def _is_twin(archive: Archive, address: str) -> bool:
    found = archive.leads_to(address)
    return found is not None and found[1]


def _told(records: Iterable[Kept | BadRecord], file: Path, counts: Counter[str], tell: Tell) -> Iterator[Kept]:
    for record in records:
        if isinstance(record, Kept):
            yield record
        else:
            counts["bad"] += 1
            tell(f"{file}, byte {record.offset}: {record.reason}; passed over")


def _articles(found: Iterable[Kept]) -> Iterator[Kept]:
    """What may be an article: of our own crawls the pages that an index led to, of others' all but front pages."""
    for kept in found:
        front = urlsplit(kept.response.url).path in ("", "/")
        if kept.response.status == 200 and (kept.by_index if kept.source else not front):
            yield kept


def _documents(found: Iterable[Kept], counts: Counter[str]) -> Iterator[Found]:
    """Those that hold a text, read as a crawl reads them."""
    for kept in _articles(found):
        try:
            article = read_page(kept.response, kept.entry)
        except NoPageError:
            continue
        counts["pages"] += 1
        if article.text and (kept.source or not article.partial):
            document = document_of(kept.source or _host(kept.response.url), kept.entry, article)
            yield kept.entry.address, replace(document, fetched=kept.date)


def _host(url: str | None) -> str:
    return (urlsplit(url or "").hostname or "").removeprefix("www.")


def _as_known(new: Document, old: Document) -> Document:
    """What is read anew of a document that the archive has: whose it is, when it came, and what an index told stays."""
    told = new.text or (old.text if old.partial else "")
    return replace(new, id=old.id, url=old.url, source=old.source, fetched=old.fetched, text=told)


def _store(found: Sequence[Found], archive: Archive, counts: Counter[str]) -> None:
    """Into the archive, with a row for each host that stands for a source of which no more is known."""
    known = {source.id for source in archive.sources()}
    hosts = {host for _, each in found if (host := _host(each.url)) == each.source and host not in known}
    archive.put_sources(Source(id=host, name=host, kind="news", url=f"https://{host}/") for host in sorted(hosts))
    counts["documents"] += add_stories(archive, found)
