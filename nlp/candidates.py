"""Candidates: frames that may tell one action, brought together over a document.

A candidate is (platform, action) and whatever tells two actions of that kind apart: country, amount, date.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from spacy.language import Language
from spacy.tokens import Doc

from nlp.authority import authority_of
from nlp.dates import DateMention
from nlp.frames import Frame
from nlp.jurisdiction import Found, countries_of
from nlp.linking import Dated, date_of, opening_date, sum_of
from nlp.money import MoneyMention
from nlp.roles import ROLES, TARGETS

if not Doc.has_extension("candidates"):
    Doc.set_extension("candidates", default=())


@dataclass(slots=True)
class Told:
    """What one frame tells of the action's where, when, by whom and how much."""

    frame: Frame
    country: Found | None
    authority: Found | None
    dated: Dated | None
    money: MoneyMention | None

    @property
    def date(self) -> DateMention | None:
        """The date that its sentence gives."""
        return self.dated.date if self.dated else None


@dataclass(slots=True)
class Candidate:
    """Frames, best first, that may tell one action. `rank` counts the candidates of its platform and action from 0."""

    platform: str
    action: str
    told: list[Told] = field(default_factory=list)
    rank: int = 0
    opening: DateMention | None = None

    @property
    def jurisdiction(self) -> Found | None:
        """The first country that a frame tells; one that is only named beside counts where there is no other."""
        found = [t.country for t in self.told if t.country]
        return next((each for each in found if each.basis != "beside"), found[0] if found else None)

    @property
    def country(self) -> str | None:
        """The code of its jurisdiction."""
        return self.jurisdiction.value if self.jurisdiction else None

    @property
    def place(self) -> str | None:
        """The country that tells this action from another: not one that is only named beside."""
        return self.country if self.jurisdiction and self.jurisdiction.basis != "beside" else None

    @property
    def money(self) -> MoneyMention | None:
        """The first sum that a frame tells which tells who acts, else the first."""
        told = [t for t in self.told if t.money]
        return min(told, key=lambda t: not (t.country and t.country.basis == "actor")).money if told else None

    @property
    def date(self) -> DateMention | None:
        """The date that is tied to a frame best; a month merely beside counts in the first frame alone."""
        dated = [t.dated for t in self.told if t.dated]
        kept = [each for each in dated if each.sure or each.date.precision == "day" or each is self.told[0].dated]
        return min(kept, key=lambda each: each.tie).date if kept else self.opening

    @property
    def announced(self) -> DateMention | None:
        """The day on which it was announced, where its date is another."""
        return next((t.dated.announced for t in self.told if t.dated and t.dated.date == self.date), None)

    @property
    def titled(self) -> bool:
        """Whether the title tells it."""
        return any(t.frame.sentence.title for t in self.told)


class Candidates:
    """Builds `doc._.candidates` from `doc._.frames`, dates and money."""

    def __call__(self, doc: Doc) -> Doc:
        told = sorted((told for frame in doc._.frames for told in _told(frame, doc)), key=_strength)
        found: list[Candidate] = []
        for item in told:
            _home(found, item).told.append(item)
        opening = opening_date(doc)
        doc._.candidates = tuple(replace(each, opening=opening) if each.titled else each for each in found)
        return doc


def _strength(told: Told) -> tuple[bool, int, int]:
    frame = told.frame
    return (frame.coreferent, ROLES.index(frame.role.name), frame.trigger.start)


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
    place, money, date = candidate.place, candidate.money, candidate.date
    if money and item.money and item.money.currency == money.currency:
        return item.money.amount == money.amount  # the same sum is the same fine, whatever else is said
    if place and item.country and item.country.basis != "beside" and item.country.value != place:
        return False
    return not (date and item.date) or date.value.startswith(item.date.value) or item.date.value.startswith(date.value)


def _told(frame: Frame, doc: Doc) -> list[Told]:
    """What a frame tells, once for each country that it may tell of."""
    authority = authority_of(frame)
    dated = date_of(frame, doc._.dates)
    countries = countries_of(frame, authority)
    acting = next((each for each in countries if each.basis == "actor"), None)
    money = sum_of(frame, doc._.money, acting.value if acting else None) if frame.action == "fine" else None
    kept = countries[:1] + [c for c in countries[1:] if c.basis != "beside" and frame.role.name in TARGETS]
    return [
        Told(frame, country, authority if not n else None, dated, money) for n, country in enumerate(kept or [None])
    ]


@Language.factory("candidates", requires=["doc._.frames"], assigns=["doc._.candidates"])
def make_candidates(nlp: Language, name: str) -> Candidates:
    """spaCy factory: `doc._.candidates`."""
    return Candidates()
