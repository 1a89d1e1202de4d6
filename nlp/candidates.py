"""Candidates: frames that may tell one action, brought together over a document.

A candidate is (platform, action) and whatever tells two actions of that kind apart: country, amount, date.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from spacy.language import Language
from spacy.tokens import Doc

from nlp.dates import DateMention
from nlp.jurisdiction import Found
from nlp.linking import opening_date
from nlp.money import MoneyMention
from nlp.roles import ROLES, TARGETED, TARGETS
from nlp.status import outlook_of
from nlp.telling import Told, told_by

PENDING = frozenset({"bill", "planned", "wished", "coming"})
"""Outlooks of what may still come."""

if not Doc.has_extension("candidates"):
    Doc.set_extension("candidates", default=())


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
    def money(self) -> MoneyMention | None:
        """The first sum that a frame tells which tells who acts, else the first."""
        told = [t for t in self.told if t.money]
        return min(told, key=lambda t: not (t.country and t.country.basis == "actor")).money if told else None

    @property
    def date(self) -> DateMention | None:
        """The date tied best to a frame aimed at it; a month merely beside counts in the first frame alone."""
        aimed = [t for t in self.told if t.frame.role.name in TARGETS] or self.told
        dated = [t.dated for t in aimed if t.dated]
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
        told = sorted((told for frame in doc._.frames for told in told_by(frame, doc)), key=_strength)
        found: list[Candidate] = []
        for item in told:
            _home(found, item).told.append(item)
        opening = opening_date(doc)
        doc._.candidates = tuple(replace(each, opening=opening) if each.titled else each for each in found)
        return doc


def _strength(told: Told) -> tuple[int, bool, int]:
    frame = told.frame
    return (ROLES.index(frame.role.name), frame.coreferent, frame.trigger.start)


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
    money, date = candidate.money, candidate.date
    if money and item.money and item.money.currency == money.currency:
        return item.money.amount == money.amount  # the same sum is the same fine, whatever else is said
    if not _same_jurisdiction(candidate, item) or _stands_apart(candidate, item):
        return False
    return not (date and item.date) or date.value.startswith(item.date.value) or item.date.value.startswith(date.value)


def _stands_apart(candidate: Candidate, item: Told) -> bool:
    """Whether one is planned and the other done, or others act: "weighs a ban after banning it from phones"."""
    stages = {_stage(each) for each in (candidate.told[0], item)}
    return len(stages - {""}) > 1 or _others_act(candidate, item)


def _others_act(candidate: Candidate, item: Told) -> bool:
    """Whether another authority is the actor of an act aimed at the platform, told in another sentence."""
    aimed = [each for each in candidate.told if each.frame.role.name in TARGETED]
    actors = {each.authority.value for each in aimed if each.authority and each.authority.basis == "actor"}
    own = item.authority.value if item.authority and item.authority.basis == "actor" else ""
    beside = any(each.frame.sentence is item.frame.sentence for each in candidate.told)
    return bool(own and actors) and own not in actors and not beside and item.frame.role.name in TARGETED


def _stage(told: Told) -> str:
    """Whether a frame aimed at the platform tells what is still to come, or what was done; "" for neither."""
    frame = told.frame
    outlook = outlook_of(frame.mood)
    if frame.role.name not in TARGETED:
        return ""
    if outlook in PENDING:
        return "pending"
    finite = frame.mood & ({"past", "perfect", "present"} if frame.sentence.title else {"past", "perfect"})
    past = "given" in frame.mood or (frame.pos == "verb" and finite)
    return "done" if past and outlook in ("done", "open") else ""


def _same_jurisdiction(candidate: Candidate, item: Told) -> bool:
    """Whether the same acts, or it is not told: a part of a country is told from another part, not from the whole."""
    place, other = candidate.jurisdiction, item.country
    fellow = "fellow" in (place and place.basis, other and other.basis)
    if not place or not other or "beside" in (place.basis, other.basis):
        return not fellow
    regions, authorities = {place.region, other.region} - {""}, _actors(candidate.told) | _actors([item])
    return place.value == other.value and len(regions) < 2 and not (fellow and len(authorities) > 1)


def _actors(told: list[Told]) -> set[str]:
    return {each.authority.value for each in told if each.authority and each.authority.basis != "sentence"}


@Language.factory("candidates", requires=["doc._.frames"], assigns=["doc._.candidates"])
def make_candidates(nlp: Language, name: str) -> Candidates:
    """spaCy factory: `doc._.candidates`."""
    return Candidates()
