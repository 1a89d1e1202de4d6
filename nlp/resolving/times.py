"""What the times of two mentions say for and against one event."""

from __future__ import annotations

from collections.abc import Collection

from data.models import Action
from nlp.resolving.evidence import points, rules
from nlp.resolving.signatures import Signature, Time
from nlp.resolving.spans import Span, gap


def timing(one: Signature, other: Signature, one_sum: bool) -> float:
    """Points for the dates of two, and for a threat beside an act. A sum that is told again later is no other event."""
    mine, theirs = one.time, other.time
    case = "untold"
    if mine.days and theirs.days:
        windows = rules()["window"]
        case = _days(mine.days, theirs.days, max(windows[one.kind.action], windows[other.kind.action]))
    if case == "apart" and one_sum and (mine.loose or theirs.loose):
        case = "follow"
    one_day = case == "same" or (case == "near" and one_sum)
    mood = "same" if one.kind.threat == other.kind.threat else "day" if one_day else "other"
    return points("date", case) + points("mood", mood)


def vague_timing(time: Time, spans: Collection[Span], one_sum: bool, action: Action) -> float:
    """Points for a mention beside a group that is told of `spans`."""
    if not time.days:
        return points("date", _undated(time.latest, spans))
    cases = {_days(time.days, each, rules()["window"][action]) for each in spans} or {"untold"}
    if one_sum and cases == {"apart"}:
        return points("date", "follow")
    return max(points("date", case) for case in cases)


def surely_apart(time: Time, reach: Span | None, one_sum: bool) -> bool:
    """Whether `vague_timing` must find a mention apart from a group with this reach; most are, and this costs least."""
    if reach is None:
        return False
    if time.days:
        return not one_sum and time.days.first < time.days.last and gap(time.days, reach) > 0
    return time.latest is not None and reach.first > time.latest


def one_time(signatures: Collection[Signature]) -> bool:
    """Whether the days can be of one event: one run of news, or several that all tell a sum, in one mood."""
    runs: list[list[tuple[int, bool]]] = []
    days = ((each.time.day, each.kind.amount is not None) for each in signatures)
    for day, named in sorted((day, named) for day, named in days if day is not None):
        if runs and day - runs[-1][0][0] <= rules()["limit"]:
            runs[-1].append((day, named))
        else:
            runs.append([(day, named)])
    one_mood = len({each.kind.threat for each in signatures}) == 1
    return len(runs) < 2 or (one_mood and all(any(named for _, named in run) for run in runs))


def _days(one: Span, other: Span, window: int) -> str:
    apart = gap(one, other)
    if one.first < one.last or other.first < other.last:
        return "within" if apart == 0 else "apart"
    if apart <= rules()["near"]:
        return "near" if apart else "same"
    return "within" if apart <= window else "apart"


def _undated(latest: int | None, spans: Collection[Span]) -> str:
    """A document tells nothing later than itself, and without a date rather what was lately known."""
    if latest is None or not spans:
        return "untold"
    if all(each.first > latest for each in spans):
        return "apart"
    recent = rules()["recent"]
    return "recent" if any(recent["from"] < latest - each.last <= recent["to"] for each in spans) else "untold"
