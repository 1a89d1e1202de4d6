"""The steps of an action's life: its own, and those of all acts that it follows or that follow it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from data.models import Step
from nlp.resolving.acts import Act
from nlp.resolving.past import Past
from nlp.resolving.spans import span

CHANGING = frozenset(["widened", "narrowed", "renewed"])
"""Phases of an earlier act that also tell what the later one is."""


def own_steps(act: Act, past: Past) -> list[Step]:
    """The steps that an act tells of itself, in order."""
    event = act.event
    if not act.done:
        return [Step(event.id, event.status, event.announced or event.date)]
    steps = [Step(event.id, "announced", event.announced)] if event.announced else []
    return [*steps, Step(event.id, _phase(act, past), event.date)]


def phase(act: Act, past: Past) -> str:
    """How an act stands: by what later ones made of it last, else by itself."""
    return next(reversed(past.became(act).values()), own_steps(act, past)[-1].phase)


def timeline(act: Act, past: Past) -> tuple[Step, ...]:
    """The steps of an act and all that it is linked with, over others too, backward and forward."""
    story = story_of(act, past)
    steps = [(_first(step), act.turn, step) for act in story for step in own_steps(act, past)]
    return tuple(step for *_, step in sorted(steps, key=lambda each: each[:2]))


def story_of(act: Act, past: Past) -> set[Act]:
    """An act and all that it is linked with, over others too, backward and forward."""
    return {act, *_reach(act, past.made), *_reach(act, past.became)}


def _phase(act: Act, past: Past) -> str:
    if act.due:
        return "due"
    made = [*past.made(act).values()]
    if act.undoing:
        return made[0] if made else act.manner or "lifted"
    return next((each for each in made if each in CHANGING), "in-force")


def _reach(act: Act, onward: Callable[[Act], Iterable[Act]]) -> Iterator[Act]:
    seen, waiting = {act}, [act]
    while waiting:
        for other in onward(waiting.pop()):
            if other not in seen:
                seen.add(other)
                waiting.append(other)
                yield other


def _first(step: Step) -> int:
    found = span(step.date)
    return found.first if found else 0
