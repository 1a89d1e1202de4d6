"""Sentences worth reading, parsed: the names, sums and triggers of each folded into one word apiece.

A parser is shown a shadow of the sentence (shadow.py), and what it finds is read back onto the words that stand there.
Only sentences that hold a trigger are parsed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span, Token

from nlp.lexicon import Entry


@dataclass(frozen=True, slots=True)
class Unit:
    """One word of a parsed sentence: a name, a sum or a plain word, with its place in Document.body."""

    start: int
    end: int
    text: str
    kind: str = ""  # platform, authority, place, money or ""
    id: str = ""
    weak: bool = False  # an ordinary word, perhaps


@dataclass(slots=True)
class Sentence:
    """A parsed sentence: `doc[i]` is the parser's word for `units[i]`; `triggers` are (unit index, entry)."""

    units: list[Unit]
    index: int
    title: bool
    doc: Doc
    triggers: list[tuple[int, Entry]] = field(default_factory=list)

    def of_kind(self, kind: str) -> list[int]:
        """Indexes of the units of a kind, in order."""
        return [i for i, unit in enumerate(self.units) if unit.kind == kind]

    def token(self, unit: Unit) -> Token:
        """The parser's word for a unit."""
        return self.doc[self.units.index(unit)]

    @property
    def said(self) -> set[str]:
        """The words that it holds, as they stand and as lemmas, in lower case."""
        return {unit.text.lower() for unit in self.units} | {token.lemma_.lower() for token in self.doc}


@dataclass(frozen=True, slots=True)
class Shown:
    """What a parser is given: the units of a sentence, whether it is a headline in capitals, its triggers."""

    units: list[Unit]
    headline: bool
    verbs: Mapping[int, str]
    """The units that are triggers and may be verbs, with their lemmas."""
    nouns: frozenset[int] = frozenset()
    """The units that are triggers and may be nouns."""


STAND_INS = {"platform": "Google", "authority": "Congress"}
"""What a tree shows in the place of a name, whatever the language."""
SUM = "millions"
"""What a tree shows in the place of a sum that stands alone."""

if not Doc.has_extension("title_length"):
    Doc.set_extension("title_length", default=None)


def bounds(doc: Doc) -> list[tuple[int, int]]:
    """Token bounds of the sentences of a Doc that a sentencizer has marked; a line break ends one too."""
    starts = [t.i for t in doc if t.is_sent_start or (t.i and "\n" in doc[t.i - 1].text)]
    starts = sorted({0, *starts}) if len(doc) else []
    return [(a, b) for a, b in zip(starts, [*starts[1:], len(doc)], strict=True) if doc[a:b].text.strip()]


def title_length(doc: Doc) -> int:
    """Characters of the title in a Document.body; counted once a Doc, whose text is put together anew at each call."""
    if doc._.title_length is None:
        doc._.title_length = len(doc.text.split("\n\n", 1)[0])
    return int(doc._.title_length)


def paragraph_start(doc: Doc, place: int) -> int:
    """The first character of the line that holds a place, the title's aside."""
    return max(doc.text.rfind("\n", 0, place) + 1, title_length(doc))


def fold(doc: Doc, start: int, end: int, spans: list[tuple[Span, str]]) -> tuple[list[Unit], dict[int, int]]:
    """The units of doc[start:end], and which unit each token fell into. `spans` are (span, kind), not overlapping."""
    at = {span.start: (span, kind) for span, kind in spans}
    units: list[Unit] = []
    of_token: dict[int, int] = {}
    i = start
    while i < end:
        span, kind = at.get(i, (doc[i : i + 1], ""))
        if not (span.text.isspace() and not kind):
            for token in span:
                of_token[token.i] = len(units)
            units.append(
                Unit(span.start_char, span.end_char, span.text, kind, span.id_ if kind else "", span.label_ == "weak")
            )
        i = span.end
    return units, of_token


def is_headline(words: list[Token] | Span) -> bool:
    """Whether most words of a title begin with a capital, as in "Russia Blocks Access To ..."."""
    letters = [word for word in words if word.is_alpha and len(word) > 3]
    return len(letters) > 2 and sum(word.text[0].isupper() for word in letters) > 0.6 * len(letters)
