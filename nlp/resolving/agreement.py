"""When two values of a field are no contradiction: one is less exact, or another name or currency of the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from data.reference import Reference
from data.reference.models import Term
from nlp.resolving.amounts import same_amount, same_value
from nlp.resolving.euros import in_euro
from nlp.resolving.kin import lineage

Sum = tuple[float, str | None]
"""An amount and its currency."""


def dates(one: str, other: str) -> bool:
    """A day, the month and the year that it is in."""
    return one.startswith(other) or other.startswith(one)


def sums(when: str | None) -> Callable[[Sum, Sum], bool]:
    """A sum, what it is rounded to, and what it is in another currency at about that date; of unknown rates any."""

    def agree(one: Sum, other: Sum) -> bool:
        if one[1] == other[1] or None in (one[1], other[1]):
            return same_amount(one[0], other[0])
        mine, theirs = in_euro(*one, when), in_euro(*other, when)
        return mine is None or theirs is None or same_value(mine, theirs)

    return agree


def authorities(reference: Reference) -> Callable[[str, str], bool]:
    """An authority and what it is part of; two wordings of an unlisted one, of which one has the other's words."""
    known = reference.authorities

    def agree(one: str, other: str) -> bool:
        if one in known or other in known:
            return one in lineage(other, known) or other in lineage(one, known)
        words, others = set(one.casefold().split()), set(other.casefold().split())
        return words <= others or others <= words

    return agree


def platforms(reference: Reference) -> Callable[[str, str], bool]:
    """A product and those that own it."""
    known = reference.platforms
    return lambda one, other: one in lineage(other, known) or other in lineage(one, known)


def countries(reference: Reference) -> Callable[[str, str], bool]:
    """A country and the union that it is a member of."""
    members = {code: row.members for code, row in reference.countries.items() if row.members}
    return lambda one, other: one == other or one in members.get(other, ()) or other in members.get(one, ())


def terms(known: Mapping[str, Term]) -> Callable[[str, str], bool]:
    """A term and one that is broad, which is told where nothing narrower is."""
    broad = {each.id for each in known.values() if each.broad}
    return lambda one, other: one == other or one in broad or other in broad
