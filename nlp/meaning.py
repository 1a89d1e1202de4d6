"""Which authority a description means: the one of its kind that its place has, else the one that the document names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from data.reference import Authority, load_reference
from nlp.parties import Party, is_member, kinds_of, lies_in

CLEAR = 2
"""Words that may be of so many kinds tell what they mean; "the regulator" may be of many more."""
SOLE = frozenset({"data-protection"})
"""Kinds of which a country has one: "Irish authorities" are this one where a text is clearly about what it watches."""
CLEARLY = 5
"""What a topic counts, by `topics_of`, in a text that is clearly about it."""


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


def _rows(party: Party, place: str, topics: Counter[str]) -> list[Authority]:
    """The authorities of a place that a description fits best: in most of its kinds, in what they are first of all."""
    if party.many and not _leaves_one(party, topics):
        return []
    sought = _narrowed(party.kinds, topics)
    rows = [row for row in _of_place(place) if kinds_of(row) & sought and _may_be(row, party, place)]
    rows = [row for row in rows if not row.parent] or rows
    most = max((len(kinds_of(row) & sought) for row in rows), default=0)
    rows = [row for row in rows if len(kinds_of(row) & sought) == most]
    return [row for row in rows if row.type in sought] or rows


def _leaves_one(party: Party, topics: Counter[str]) -> bool:
    """Whether place and topic leave one of all that bare words ("authorities") may mean."""
    about = {kind for kind, count in topics.most_common(1) if count >= CLEARLY}
    return bool(party.place) and len(party.kinds) > CLEAR and about <= SOLE and bool(about)


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
