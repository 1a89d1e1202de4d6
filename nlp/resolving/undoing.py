"""What an act that undoes bears on: the block that it lifts, the fine that it annuls, cuts or upholds."""

from __future__ import annotations

from data.models import Action
from nlp.resolving.acts import WIDE, Act
from nlp.resolving.amounts import same_amount
from nlp.resolving.past import Links, Past, Rank, apart, fittest, only
from nlp.resolving.words import rules

TOLD = frozenset(["annulled", "cut", "upheld", "dropped"])
"""Manners of undoing whose sentences name what is undone."""


def undone(act: Act, past: Past) -> Links:
    """The nearest earlier acts that a restore fits, each with what it makes of it."""
    if not act.done:
        return {}
    manner = act.manner if act.manner and act.manner in rules()["undoes"] else "lifted"
    actions = _actions(act, manner)
    fitting = [each for each in past.earlier(act, actions, rules()["undone_days"]) if _fits(act, each, manner)]
    targets = _targets(act, fitting, manner) if fitting else only(past.undated(act, actions))
    targets += _widened(targets, past)
    return {each: _phase(act, each, manner) for each in targets}


def upheld(act: Act, past: Past) -> Links:
    """The fine that a fine, told anew, cuts or upholds."""
    manner = act.manner if act.event.action == "fine" else None
    if manner not in ("cut", "upheld"):
        return {}
    fines = past.earlier(act, ["fine"], rules()["undone_days"])
    fitting = [each for each in fines if apart(act, each) and _fits(act, each, manner)]
    return dict.fromkeys(only(fittest(fitting, lambda each: _rank(act, each, manner))), manner)


def _actions(act: Act, manner: str) -> list[Action]:
    """What it may undo: what its sentences name, else all but fines, which are named."""
    actions: list[Action] = rules()["undoes"][manner]
    named = [each for each in actions if manner in TOLD and each in act.objects]
    return named or [each for each in actions if each != "fine" or manner == "cut"]


def _targets(act: Act, fitting: list[Act], manner: str) -> list[Act]:
    """The fittest with the measures of one stroke with it, and background that may be the same, misdated."""
    best = fittest(fitting, lambda each: _rank(act, each, manner))
    stroke = [each for each in fitting if any(_one_stroke(each, one) for one in best)]
    actions = rules()["undoes"][manner]
    found = {*(stroke or only(best)), *(each for each in fitting if _background(act, each))}
    return sorted(found, key=lambda each: (_rank(act, each, manner), actions.index(each.event.action), each.turn))


def _fits(act: Act, other: Act, manner: str) -> bool:
    return other.done and act.overlaps(other) and (manner == "cut" or _sums(act, other) < 2)


def _rank(act: Act, other: Act, manner: str) -> Rank:
    """The same place, sum and platform before others, then the nearest; last what may be misdated background."""
    sums, platform = 0 if manner == "cut" else _sums(act, other), act.event.platform != other.event.platform
    return act.near(other), sums, platform, _background(act, other), apart(act, other)


def _background(act: Act, other: Act) -> bool:
    """Whether it is told with the act alone, as of the same day."""
    return apart(act, other) <= 1 and other.documents <= act.documents


def _sums(act: Act, other: Act) -> int:
    """0 where both tell one sum, 2 where they tell two, 1 where that is not known."""
    one, two = act.event, other.event
    if one.amount is None or two.amount is None or one.currency != two.currency:
        return 1
    return 0 if same_amount(one.amount, two.amount) else 2


def _one_stroke(one: Act, other: Act) -> bool:
    """Whether both are measures of the same days and the same place."""
    stroke = rules()["stroke"]
    both = {one.event.action, other.event.action} <= set(stroke["actions"])
    return both and abs(apart(one, other)) <= stroke["days"] and one.near(other) == 0


def _widened(targets: list[Act], past: Past) -> list[Act]:
    """What the targets had widened: it goes with them."""
    found: list[Act] = []
    for target in targets:
        found += [each for each, phase in past.made(target).items() if phase == "widened"]
    return [*found, *_widened(found, past)] if found else []


def _phase(act: Act, other: Act, manner: str) -> str:
    """What touches a part alone narrows the whole."""
    part = act.event.scope not in (None, WIDE, "region") and other.event.scope == WIDE
    return "narrowed" if manner in ("lifted", "suspended") and part else manner
