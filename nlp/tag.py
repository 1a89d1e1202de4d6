"""Document in, mentions out: pure, no database, no clock. The same document gives the same mentions."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from pathlib import Path

from spacy.tokens import Doc

from data.language import detect_language
from data.models import Document, Mention
from nlp.pipeline import pipeline, supported
from nlp.quantities import set_published

BATCH = 64
ROOMS = (Path(__file__).parent, Path(__file__).parents[1] / "data" / "reference")
RESOLVING = frozenset(
    ["amounts", "build", "changes", "clusters", "facts", "fields", "identity", "reasons", "resolve", "spans", "summary"]
)
"""Modules that see mentions only: a change there needs no document read again."""
log = logging.getLogger(__name__)


class Tagger:
    """Reads documents in every supported language; one in another language has no mentions."""

    @property
    def version(self) -> str:
        """Changes whenever rules, lexicons, weights or reference data do, so that `build` reads everything again."""
        return version()

    def read(self, documents: Iterable[Document]) -> Iterator[tuple[Document, list[Mention]]]:
        """Each document with its mentions, in the order given, surest mention first. A document that fails raises."""
        queue = iter(documents)
        while batch := list(islice(queue, BATCH)):
            mentions = _read_batch(batch)
            yield from ((document, mentions.get(index, [])) for index, document in enumerate(batch))

    def read_all(self, documents: Iterable[Document]) -> Iterator[tuple[Document, list[Mention]]]:
        """As `read`, but a document that fails is logged and has no mentions: one never stops the rest."""
        for lang in supported():
            pipeline(lang)  # what is wrong with a pipeline itself is told at once, not once a document
        for document in documents:
            try:
                yield from self.read([document])
            except Exception:
                log.exception("document %s could not be read; it has no mentions", document.id)
                yield document, []


def _read_batch(batch: Sequence[Document]) -> dict[int, list[Mention]]:
    by_lang: dict[str, list[int]] = {}
    for index, document in enumerate(batch):
        lang = document.lang or detect_language(document.body)
        if lang in supported():
            by_lang.setdefault(lang, []).append(index)
    return {index: mentions for lang, places in by_lang.items() for index, mentions in _read_lang(lang, batch, places)}


def _read_lang(lang: str, batch: Sequence[Document], places: list[int]) -> Iterator[tuple[int, list[Mention]]]:
    nlp = pipeline(lang)
    for index in places:
        yield index, list(nlp(prepared(nlp.make_doc(batch[index].body), batch[index].published))._.mentions)


def prepared(doc: Doc, published: str | None) -> Doc:
    """The Doc with what the pipeline must know besides the text."""
    set_published(doc, published)
    return doc


def _is_read(path: Path) -> bool:
    return path.suffix in (".py", ".yaml", ".cfg", ".json") and path.stem not in RESOLVING


@cache
def version() -> str:
    """Twelve hex digits over the rules, lexicons, weights and reference data."""
    digest = hashlib.sha256()
    for path in sorted(p for room in ROOMS for p in room.rglob("*") if _is_read(p)):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
