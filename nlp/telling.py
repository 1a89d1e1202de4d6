"""What one frame tells of its action: where, when, by whom and how much, once for each jurisdiction that may act."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from nlp.authority import authority_of
from nlp.dates import DateMention
from nlp.frames import Frame
from nlp.jurisdiction import Found, countries_of, fellows_of
from nlp.linking import Dated, date_of, sum_of
from nlp.money import MoneyMention
from nlp.roles import TARGETS


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


def told_by(frame: Frame, doc: Doc) -> list[Told]:
    """What a frame tells, once for each jurisdiction that it may tell of."""
    authority = authority_of(frame)
    dated = date_of(frame, doc._.dates)
    countries = [each for each in countries_of(frame, authority) if each.basis != "fellow"]
    acting = next((each for each in countries if each.basis == "actor"), None)
    money = sum_of(frame, doc._.money, acting.value if acting else None) if frame.action == "fine" else None
    kept = countries[:1] + [c for c in countries[1:] if c.basis != "beside" and frame.role.name in TARGETS]
    told = [Told(frame, each, authority if not n else None, dated, money) for n, each in enumerate(kept or [None])]
    return sorted(told, key=_place) + _fellows(frame, authority)


def _fellows(frame: Frame, authority: Found | None) -> list[Told]:
    """Who is told to have done the like; when, the sentence does not say."""
    told = [Told(frame, home, each, None, None) for each, home in fellows_of(frame)]
    told += [Told(frame, each, None, None, None) for each in countries_of(frame, authority) if each.basis == "fellow"]
    return sorted(told, key=_place)


def _place(told: Told) -> int:
    return told.country.start if told.country else 0
