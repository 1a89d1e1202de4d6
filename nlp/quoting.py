"""Evidence: the words of a text behind each field of an event, and the sentences in which they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from spacy.tokens import Doc

from data.models import QUOTE_LIMIT, Evidence
from nlp.frames import Frame
from nlp.sentences import bounds


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
    start, end = frame.sentence.units[0].start, frame.sentence.units[-1].end
    whole = _quote(doc, "event", max(start, min(frame.trigger.start, end - QUOTE_LIMIT)), end)
    words = [_quote(doc, "platform", frame.platform.start, frame.platform.end)]
    words += [_quote(doc, "action", frame.trigger.start, frame.trigger.end)]
    words += [_quote(doc, field, each.start, each.end) for field, each in told.items() if each is not None]
    return (whole, *words, *_contexts(doc, whole, words))


def _contexts(doc: Doc, whole: Evidence, words: Sequence[Evidence]) -> Iterator[Evidence]:
    shown = [whole]
    for each in sorted(words, key=lambda one: one.start):
        if not any(one.start <= each.start and each.end <= one.end for one in shown):
            shown.append(_around(doc, each))
            yield shown[-1]


def _around(doc: Doc, words: Evidence) -> Evidence:
    """The sentence of the words; of one that is too long the part with them in its middle."""
    start, end = next(
        (doc[first].idx, doc[last - 1].idx + len(doc[last - 1]))
        for first, last in bounds(doc)
        if words.start < doc[last - 1].idx + len(doc[last - 1])
    )
    end, room = max(end, words.end), QUOTE_LIMIT - (words.end - words.start)
    start = max(start, min(words.start - room // 2, end - QUOTE_LIMIT))
    said = doc.text[start:end]
    start += len(said) - len(said.lstrip())
    return _quote(doc, "context", start, start + len(said.strip()))


def _quote(doc: Doc, field: str, start: int, end: int) -> Evidence:
    end = min(end, start + QUOTE_LIMIT)
    return Evidence(field, start, end, doc.text[start:end])
