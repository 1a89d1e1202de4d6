"""Candidates: frames that may tell one action, brought together over a document.

A candidate is (platform, action) and whatever tells two actions of that kind apart: country, amount, date.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc

from nlp.dates import DateMention
from nlp.frames import Frame
from nlp.jurisdiction import Found, authority_of, country_of
from nlp.money import MoneyMention

if not Doc.has_extension("candidates"):
    Doc.set_extension("candidates", default=())

RANK = {
    name: rank
    for rank, name in enumerate(
        [
            "object",
            "of",
            "shared-object",
            "upon",
            "nested",
            "shared-subject",
            "shared-upon",
            "cause",
            "place",
            "near",
            "agent",
            "subject",
        ]
    )
}
"""Roles from the surest sign of a target to the surest sign of none."""


@dataclass(slots=True)
class Told:
    """What one frame tells of the action's where, when, by whom and how much."""

    frame: Frame
    country: Found | None
    authority: Found | None
    date: DateMention | None
    money: MoneyMention | None


@dataclass(slots=True)
class Candidate:
    """Frames, best first, that may tell one action. `rank` counts the candidates of its platform and action from 0."""

    platform: str
    action: str
    told: list[Told] = field(default_factory=list)
    rank: int = 0

    @property
    def country(self) -> str | None:
        """The first country that a frame tells."""
        return next((t.country.value for t in self.told if t.country), None)

    @property
    def money(self) -> MoneyMention | None:
        """The first sum that a frame tells."""
        return next((t.money for t in self.told if t.money), None)

    @property
    def date(self) -> DateMention | None:
        """The first date that a frame tells."""
        return next((t.date for t in self.told if t.date), None)


class Candidates:
    """Builds `doc._.candidates` from `doc._.frames`, dates and money."""

    def __call__(self, doc: Doc) -> Doc:
        told = sorted((_told(frame, doc) for frame in doc._.frames), key=_strength)
        found: list[Candidate] = []
        for item in told:
            _home(found, item).told.append(item)
        doc._.candidates = tuple(found)
        return doc


def _strength(told: Told) -> tuple[bool, int, int]:
    frame = told.frame
    return (frame.coreferent, RANK[frame.role.name], frame.trigger.start)


def _home(found: list[Candidate], item: Told) -> Candidate:
    """The candidate that a frame joins: the first of its platform and action that it does not contradict."""
    same = [c for c in found if (c.platform, c.action) == (item.frame.platform_id, item.frame.action)]
    for candidate in same:
        if _agrees(candidate, item):
            return candidate
    candidate = Candidate(item.frame.platform_id, item.frame.action, rank=len(same))
    found.append(candidate)
    return candidate


def _agrees(candidate: Candidate, item: Told) -> bool:
    country, money, date = candidate.country, candidate.money, candidate.date
    if country and item.country and item.country.value != country:
        return False
    if money and item.money and (item.money.currency == money.currency) and item.money.amount != money.amount:
        return False
    return not (date and item.date) or date.value.startswith(item.date.value) or item.date.value.startswith(date.value)


def _told(frame: Frame, doc: Doc) -> Told:
    authority = authority_of(frame)
    country = country_of(frame, authority)
    money = _nearest_money(frame, doc._.money) if frame.action == "fine" else None
    return Told(frame, country, authority, _nearest_date(frame, doc._.dates), money)


def _nearest_date(frame: Frame, dates: tuple[DateMention, ...]) -> DateMention | None:
    units = frame.sentence.units
    inside = [d for d in dates if units[0].start <= d.start < units[-1].end]
    return min(inside, key=lambda d: abs(d.start - frame.trigger.start), default=None)


def _nearest_money(frame: Frame, money: tuple[MoneyMention, ...]) -> MoneyMention | None:
    units = frame.sentence.units
    inside = [m for m in money if units[0].start <= m.start < units[-1].end and not m.converted]
    return min(inside, key=lambda m: abs(m.start - frame.trigger.start), default=None)


@Language.factory("candidates", requires=["doc._.frames"], assigns=["doc._.candidates"])
def make_candidates(nlp: Language, name: str) -> Candidates:
    """spaCy factory: `doc._.candidates`."""
    return Candidates()
