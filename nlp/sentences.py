"""Sentences worth reading, parsed: the names, sums and triggers of each folded into one word apiece.

A parser that never saw "X" or "Roskomnadzor" errs on them, and on headline capitals. So it is shown a shadow of the
sentence, in which a platform reads "Google", an authority "Congress", a sum "millions", and a headline stands in
lower case; what it finds is read back onto the words that stand there. Only sentences that hold a trigger are parsed.
"""

from __future__ import annotations

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


@dataclass(frozen=True, slots=True)
class Shown:
    """What a parser is given: the units of a sentence, whether it is a headline in capitals, which are triggers."""

    units: list[Unit]
    headline: bool
    triggers: set[int]


STAND_INS = {"platform": "Google", "authority": "Congress"}
"""What a tree shows in the place of a name, whatever the language."""


def bounds(doc: Doc) -> list[tuple[int, int]]:
    """Token bounds of the sentences of a Doc that a sentencizer has marked; a line break ends one too."""
    starts = [t.i for t in doc if t.is_sent_start or (t.i and "\n" in doc[t.i - 1].text)]
    starts = sorted({0, *starts}) if len(doc) else []
    return [(a, b) for a, b in zip(starts, [*starts[1:], len(doc)], strict=True) if doc[a:b].text.strip()]


def title_length(doc: Doc) -> int:
    """Characters of the title in a Document.body."""
    return len(doc.text.split("\n\n", 1)[0])


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


def shadow(units: list[Unit], headline: bool, triggers: set[int]) -> list[str]:
    """The words that the parser is shown, one a unit; `triggers` are the units that hold one."""
    following = [*units[1:], None]
    shown = [_shown(unit, after, headline) for unit, after in zip(units, following, strict=True)]
    for i in triggers:
        if _is_finite(units, i):
            shown[i] = "punishes"
    return shown


def _is_finite(units: list[Unit], i: int) -> bool:
    """ "EU fines X": between an actor and a platform an s-form is a verb, which parsers take for a plural noun."""
    if not (0 < i < len(units) - 1) or not units[i].text.lower().endswith("s"):
        return False
    return units[i - 1].kind in ("place", "authority") and units[i + 1].kind == "platform"


def _shown(unit: Unit, following: Unit | None, headline: bool) -> str:
    if unit.kind in STAND_INS:
        return STAND_INS[unit.kind]
    if unit.kind == "place":
        return _place(unit.text)
    if unit.kind == "money":
        return "huge" if following and following.text[0].isalpha() and len(following.text) > 3 else "millions"
    return unit.text.lower() if headline and unit.text != "I" else unit.text


def _place(text: str) -> str:
    if text.endswith(("an", "ese", "ish", "ian", "ench", "utch", "ani")) and text not in ("Japan", "Iran", "Sudan"):
        return "Russian"
    return "Russia" if " " in text or "." in text else text


def is_headline(words: list[Token] | Span) -> bool:
    """Whether most words of a title begin with a capital, as in "Russia Blocks Access To ..."."""
    letters = [word for word in words if word.is_alpha and len(word) > 3]
    return len(letters) > 2 and sum(word.text[0].isupper() for word in letters) > 0.6 * len(letters)
