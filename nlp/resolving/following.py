"""What an act answers, renews, widens, narrows or comes of."""

from __future__ import annotations

from collections.abc import Callable

from nlp.resolving.acts import WIDE, Act
from nlp.resolving.past import Links, Past, apart, fittest, only
from nlp.resolving.undoing import upheld
from nlp.resolving.words import rules


def followed(act: Act, past: Past) -> Links:
    """All that an act which undoes nothing makes of earlier ones."""
    links: Links = {}
    for rule in RULES if act.done else ():
        links |= rule(act, past)
    return links


def answered(act: Act, past: Past) -> Links:
    """The threats that it carries out, the latest first. One of the same day is a condition rather than a warning."""
    found = past.earlier(act, rules()["answers"][act.event.action], rules()["threat_days"])
    waiting = [each for each in found if each.event.status == "threatened" and not past.became(each)]
    # a threat belongs to the measure that it names, whoever speaks; to a fine or a probe, only out of the same mouth
    fitting = [each for each in waiting if apart(act, each) and (_measure(act) or _one_case(act, each))]
    nearest = min((act.near(each) for each in fitting), default=0)
    fitting = [each for each in fitting if act.near(each) == nearest]
    return dict.fromkeys(sorted(fitting, key=lambda each: (apart(act, each), each.turn)), "carried-out")


def renewed(act: Act, past: Past) -> Links:
    """The lifting after which it is the first measure."""
    if not _measure(act):
        return {}
    measures = past.earlier(act, rules()["measures"], rules()["renewal_days"])
    latest = min((apart(act, each) for each in measures if each.done), default=rules()["renewal_days"])
    lifted = past.earlier(act, ["restore"], latest)
    fitting = [each for each in lifted if each.done and apart(act, each) and act.overlaps(each)]
    return dict.fromkeys(only(fittest(fitting, lambda each: (apart(act, each),))), "renewed")


def changed(act: Act, past: Past) -> Links:
    """The measure in force that it widens or narrows, or the probe that it widens."""
    found = past.earlier(act, rules()["changes"].get(act.event.action, ()), rules()["change_days"])
    standing = [each for each in found if each.done and apart(act, each) and not past.ended(each)]
    fitting = {each: phase for each in standing if _one_hand(act, each) and (phase := _change(act, each))}
    best = only(fittest(fitting, lambda each: (act.near(each), apart(act, each))))
    return {each: fitting[each] for each in best}


def came_of(act: Act, past: Past) -> Links:
    """The probe, suit or order that led to it."""
    found = past.earlier(act, rules()["outcomes"].get(act.event.action, ()), rules()["outcome_days"])
    started = [each for each in found if each.done and apart(act, each) and not past.became(each)]
    alike = [each for each in started if _one_case(act, each) and _leads(each, act)]
    best = fittest(alike, lambda each: (act.near(each), -len(_alike(act, each)), apart(act, each)))
    return dict.fromkeys(only(best) if alike else [each for each in only(started) if _settles(act, each)], "concluded")


RULES: tuple[Callable[[Act, Past], Links], ...] = (answered, upheld, renewed, changed, came_of)
"""The first that finds something tells what the act follows."""


def _measure(act: Act) -> bool:
    return act.event.action in rules()["measures"]


def _one_case(one: Act, other: Act) -> bool:
    """Whether neither authority nor grounds tell them apart."""
    return not any(a and b and a != b for a, b in _marks(one, other).values())


def _alike(one: Act, other: Act) -> set[str]:
    """What both tell, and alike."""
    return {name for name, (a, b) in _marks(one, other).items() if a and a == b}


def _marks(one: Act, other: Act) -> dict[str, tuple[str | None, str | None]]:
    return {name: (getattr(one.event, name), getattr(other.event, name)) for name in ("authority", "grounds")}


def _leads(start: Act, act: Act) -> bool:
    """Whether enough is told alike: the authority, or for a fine on the same platform the grounds."""
    alike, platform = _alike(act, start), act.event.platform == start.event.platform
    known = "authority" in alike or (act.event.action == "fine" and start.event.action != "order" and platform)
    return known and bool(alike) and (platform or len(alike) > 1)


def _settles(fine: Act, suit: Act) -> bool:
    """Whether a fine of which little is told may end the only suit of which no more is."""
    kinds = (suit.event.action, fine.event.action) == ("lawsuit", "fine")
    return kinds and _one_case(fine, suit) and apart(fine, suit) <= rules()["settled_days"]


def _one_hand(one: Act, other: Act) -> bool:
    """Whether one authority is known to act in both; who cuts access is the state, whoever is named."""
    named, cutting = "authority" in _alike(one, other), {one.event.action, other.event.action} <= {"block", "throttle"}
    return _one_case(one, other) and (named or cutting)


def _change(act: Act, other: Act) -> str | None:
    """What an act makes of one of the same kind that stands."""
    kinds, scopes = (other.event.action, act.event.action), (other.event.scope, act.event.scope)
    if act.event.action == "investigation":
        return "widened" if "grounds" in _alike(act, other) and act.event.platform == other.event.platform else None
    if act.manner in ("widened", "narrowed"):
        return act.manner
    wider = scopes[1] == WIDE and scopes[0] not in (None, WIDE)
    return "widened" if wider or kinds == ("throttle", "block") else None
