"""Who backs each value of an event, and who says otherwise: the dissent is kept beside the truth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from data.models import Conflict, ConflictReason, Event
from data.told import value_of
from nlp.resolving import agreement, certainty
from nlp.resolving.choice import Answers
from nlp.resolving.facts import Told
from nlp.resolving.fields import Fields

Backing = tuple[str, str]
"""The key of a mention, and the field of which it tells the event's value."""


def dissent(event: Event, told: Sequence[Told], fields: Fields) -> Event:
    """The event with its conflicts, and with what backs its values."""
    answers = [(Answers(field, told), value) for field, value in fields.of(event)]
    conflicts = [each for found, value in answers for each in _conflicts(found, value, event)]
    backing = {each for found, value in answers for each in _backing(found, value)}
    backing |= {(each.stored.key, "status") for each in told if certainty.says(each) == event.status}
    conflicts += [
        _conflict("status", tellers, certainty.why(tellers, event.status, told))
        for tellers in certainty.against(event.status, told)
    ]
    by_person = set((event.corrected or "").split())
    conflicts = [replace(each, why="correction") if each.field in by_person else each for each in conflicts]
    ordered = sorted(conflicts, key=lambda each: (each.field, each.value))
    return replace(event, conflicts=tuple(ordered), backing=frozenset(backing))


def _backing(answers: Answers[Any], value: Any) -> Iterator[Backing]:
    for each in answers.agreeing(value):
        yield from ((teller.stored.key, answers.field.name) for teller in answers.tellers[each])


def _conflicts(answers: Answers[Any], value: Any, event: Event) -> Iterator[Conflict]:
    """What does not agree. The day of publication is nobody's claim, and the announcement's another field's."""
    agreeing = answers.agreeing(value)
    for lost in answers.tellers:
        claimed = answers.claims(lost)
        announced = answers.field.name == "date" and event.announced and agreement.dates(lost, event.announced)
        if claimed and lost not in agreeing and not announced:
            yield _conflict(answers.field.name, claimed, answers.why(lost, value))


def _conflict(field: str, tellers: Sequence[Told], why: ConflictReason) -> Conflict:
    """What these tellers tell of the field, all of them the same."""
    return Conflict(
        field,
        value_of(tellers[0].stored.mention, field) or "",
        documents=len({each.stored.document_id for each in tellers}),
        sources=len({each.facts.source for each in tellers}),
        independent=len({each.origin for each in tellers}),
        why=why,
    )
