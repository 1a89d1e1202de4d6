"""The authorities that a document speaks of, by name or by description, and which one a description means.

A description means the one authority of its kind that its place has, else the one of that kind that the document names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc, Span

from data.reference import Authority, load_reference
from nlp.described import Lexicon, lexicon

CLEAR = 2
"""Words that may be of so many kinds tell what they mean; "the regulator" may be of many more."""


@dataclass(frozen=True, slots=True)
class Party:
    """Words for an authority, with their place in Document.body. `id` is "" while it is only described.

    `called`: the words mean only an authority that is called so; `many`: they mean what a country has many of;
    `assumed`: the place that is taken for granted with them.
    """

    start: int
    end: int
    id: str = ""
    words: str = ""
    place: str = ""
    kinds: frozenset[str] = frozenset()
    called: bool = False
    many: bool = False
    assumed: str = ""

    @property
    def row(self) -> Authority | None:
        """The listed authority that it is."""
        return load_reference().authorities.get(self.id)


def parties_of(doc: Doc) -> list[Party]:
    """All named and described authorities of a document, in reading order."""
    words = lexicon(doc.lang_)
    found = [(s, Party(s.start_char, s.end_char, s.id_, s.text.lower())) for s in doc.spans["authorities"]]
    found += [(span, _described(span, words)) for span in doc.spans.get("described", ())]
    void = words.lists["void"]
    real = [party for span, party in found if span.end == len(doc) or doc[span.end].lower_ not in void]
    return sorted(real, key=lambda party: party.start)


def _described(span: Span, words: Lexicon) -> Party:
    phrase, lists = span.label_, words.lists
    place, kinds = span.id_, words.kinds[phrase]
    called, many = phrase in lists["called"], phrase in lists["many"]
    assumed = words.assumed.get(phrase, "")
    return Party(span.start_char, span.end_char, "", phrase, place, kinds, called, many, assumed)


def identified(
    party: Party, parties: Sequence[Party], places: Sequence[str], sure: bool, topics: Counter[str]
) -> Party:
    """The party with the id that it means, where that is clear; `places` may act, likeliest first, `sure` or not."""
    if party.id:
        return party
    if party.place:
        return replace(party, id=_meant(party, parties, party.place, True, topics))
    found = (_meant(party, parties, place, sure, topics) for place in places or ("",))
    return replace(party, id=next(filter(None, found), "") or _sole(_rows(party, party.assumed, topics)))


def _meant(party: Party, parties: Sequence[Party], place: str, sure: bool, topics: Counter[str]) -> str:
    """The one that a place has, where place and words are clear; else the one that is named."""
    fitting = [other for other in parties if other.row and _may_be(other.row, party, place)]
    only = _sole(_rows(party, place, topics))
    clear = party.place or (sure and "-" not in place and len(party.kinds) <= CLEAR)
    return _antecedent(party, fitting).id if fitting and not (only and clear) else only


def _sole(rows: Sequence[Authority]) -> str:
    return rows[0].id if len(rows) == 1 else ""


def _antecedent(party: Party, fitting: Iterable[Party]) -> Party:
    """The one last named, else first named after; one whose name holds the word comes before."""

    def order(other: Party) -> tuple[bool, bool, int]:
        named = bool(other.row and _is_called(other.row, party))
        return (not named, other.start > party.start, abs(other.start - party.start))

    return min(fitting, key=order)


def _is_called(row: Authority, party: Party) -> bool:
    """Whether the name of an authority holds the last word of a description: "the Commission"."""
    return party.words.split()[-1] in row.name.lower().split()


def _may_be(row: Authority, party: Party, place: str) -> bool:
    if party.called and not _is_called(row, party):
        return False
    return bool(party.kinds & kinds_of(row)) and (not place or lies_in(row, place) or is_member(row, place))


def lies_in(row: Authority, place: str) -> bool:
    """Whether an authority is of a country, or of a region or its country as a whole."""
    return row.country == place or row.region == place or (row.region is None and row.country == place.split("-")[0])


def is_member(row: Authority, union: str) -> bool:
    """Whether an authority is of a member of the union: "a European regulator" may be Ireland's."""
    country = load_reference().countries.get(union)
    return country is not None and row.country in country.members


def kinds_of(row: Authority) -> frozenset[str]:
    """The kinds of an authority."""
    return frozenset(row.types)


def _rows(party: Party, place: str, topics: Counter[str]) -> list[Authority]:
    """The authorities of a place that a description fits best: in most of its kinds, in what they are first of all."""
    if party.many:
        return []
    sought = _narrowed(party.kinds, topics)
    rows = [row for row in _of_place(place) if kinds_of(row) & sought and _may_be(row, party, place)]
    rows = [row for row in rows if not row.parent] or rows
    most = max((len(kinds_of(row) & sought) for row in rows), default=0)
    rows = [row for row in rows if len(kinds_of(row) & sought) == most]
    return [row for row in rows if row.type in sought] or rows


def _narrowed(kinds: frozenset[str], topics: Counter[str]) -> frozenset[str]:
    """Of many kinds ("the regulator") the one that the document is most about."""
    about = [kind for kind, _ in topics.most_common() if kind in kinds]
    return frozenset(about[:1]) if len(kinds) > CLEAR else kinds


@cache
def _of_place(place: str) -> tuple[Authority, ...]:
    rows = load_reference().authorities.values()
    if "-" in place:
        return tuple(row for row in rows if row.region == place)
    return tuple(row for row in rows if row.country == place and not row.region)
