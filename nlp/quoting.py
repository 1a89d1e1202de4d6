"""Evidence: the words of a text behind each field of an event, and the sentences in which they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from spacy.tokens import Doc

from data.models import QUOTE_LIMIT, Evidence
from nlp.frames import Frame
from nlp.sentences import bounds

if not Doc.has_extension("sentence_places"):
    Doc.set_extension("sentence_places", default=None)


class Place(Protocol):
    """Words of a text: body[start:end]."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def evidence(doc: Doc, frame: Frame, told: Mapping[str, Place | None]) -> tuple[Evidence, ...]:
    """The sentence that tells the event ("event"), the words behind each field, and every other sentence that has
    some of those words ("context"); each of QUOTE_LIMIT characters at most. `told`: where each field was found.
    """
    text, places = doc.text, {"platform": frame.platform, "action": frame.trigger, **told}
    start, end = frame.sentence.units[0].start, frame.sentence.units[-1].end
    whole = _quote(text, "event", max(start, min(frame.trigger.start, end - QUOTE_LIMIT)), end)
    words = [_quote(text, field, each.start, each.end) for field, each in places.items() if each is not None]
    return (whole, *words, *_contexts(doc, text, whole, words))


def _contexts(doc: Doc, text: str, whole: Evidence, words: Sequence[Evidence]) -> Iterator[Evidence]:
    shown = [whole]
    for each in sorted(words, key=lambda one: one.start):
        if not any(one.start <= each.start and each.end <= one.end for one in shown):
            shown.append(_around(doc, text, each))
            yield shown[-1]


def _around(doc: Doc, text: str, words: Evidence) -> Evidence:
    """The sentence of the words; of one that is too long the part with them in its middle."""
    start, end = next((start, end) for start, end in _sentences(doc) if words.start < end)
    end, room = max(end, words.end), QUOTE_LIMIT - (words.end - words.start)
    start = max(start, min(words.start - room // 2, end - QUOTE_LIMIT))
    said = text[start:end]
    start += len(said) - len(said.lstrip())
    return _quote(text, "context", start, start + len(said.strip()))


def _sentences(doc: Doc) -> list[tuple[int, int]]:
    """The places of all sentences; looked for once in a Doc, since few need them and some need them often."""
    if doc._.sentence_places is None:
        ends = ((doc[first], doc[last - 1]) for first, last in bounds(doc))
        doc._.sentence_places = [(first.idx, last.idx + len(last)) for first, last in ends]
    places: list[tuple[int, int]] = doc._.sentence_places
    return places


def _quote(text: str, field: str, start: int, end: int) -> Evidence:
    end = min(end, start + QUOTE_LIMIT)
    return Evidence(field, start, end, text[start:end])
