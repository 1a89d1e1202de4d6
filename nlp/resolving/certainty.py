"""How certain an event is, from all who tell of it: threatened, then reported, then confirmed; or denied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from math import prod

from data.models import ConflictReason, Status
from nlp.resolving.choice import surest, weight
from nlp.resolving.facts import Told
from nlp.resolving.spans import span

HIGHEST_CONFIDENCE = 0.99
"""No number of reports makes an event certain: they copy from one another."""
AGAINST: Mapping[Status, tuple[Status, ...]] = {
    "threatened": ("reported", "confirmed", "denied"),
    "reported": ("threatened", "denied"),
    "confirmed": ("threatened", "denied"),
    "denied": ("threatened", "reported", "confirmed"),
}
"""What contradicts a status. To report what others confirm is only to be less sure."""


def status(told: Iterable[Told]) -> Status:
    """What all of them together support.

    What an official source tells as done is confirmed; that several report it confirms nothing, since none of them need
    know. Else those who tell it as done are weighed against those who deny it, or call it a threat, and who did not do
    so before: see _denied.
    """
    said = _said(told)
    done = [*said["confirmed"], *said["reported"]]
    denied, threatened = (_not_before(done, said[each]) for each in ("denied", "threatened"))
    if any(each.facts.official for each in done):
        return "confirmed"
    if denied and _denied(denied, said):
        return "denied"
    if done and weight(done) >= weight(threatened):
        return "confirmed" if said["confirmed"] else "reported"
    return "threatened" if said["threatened"] else "denied"


def _denied(denied: Sequence[Told], said: Mapping[Status, Sequence[Told]]) -> bool:
    """An official denial stands until somebody confirms afterwards what it denies. Of reports of a denial there must
    be more than confirm; as many as report are enough, since the one who denies must know and who reports need not."""
    official, confirmed = [each for each in denied if each.facts.official], said["confirmed"]
    if official and not _after(official, confirmed):
        return True
    if confirmed:
        return weight(denied) > weight(confirmed)
    return weight(denied) >= weight(said["reported"] or said["threatened"])


def confidence(told: Iterable[Told]) -> float:
    """Noisy-or over independent sources, each by its surest mention, to three places; those unnamed count as one."""
    doubt = prod(1 - each for each in sorted(surest(told).values()))
    return round(min(1 - doubt, HIGHEST_CONFIDENCE), 3)


def says(each: Told) -> Status:
    """The status that a mention supports: an official source confirms by itself what it reports."""
    own = each.stored.mention.status
    return "confirmed" if own == "reported" and each.facts.official else own


def against(found: Status, told: Collection[Told]) -> list[list[Told]]:
    """Those who contradict a status, by what they say. An earlier threat is no contradiction: it was carried out."""
    said = _said(told)
    done = [*said["confirmed"], *said["reported"]] if found in ("reported", "confirmed") else []
    others = [_not_before(done, said[each]) if each == "threatened" else said[each] for each in AGAINST[found]]
    return [tellers for tellers in others if tellers]


def why(lost: Sequence[Told], found: Status, told: Collection[Told]) -> ConflictReason:
    """Why those who contradict a status were not followed."""
    followed = [each for each in told if says(each) not in AGAINST[found]]
    if any(each.facts.official for each in followed) and not any(each.facts.official for each in lost):
        return "unofficial"
    return "outweighed" if weight(lost) < weight(followed) else "tie"


def _said(told: Iterable[Told]) -> Mapping[Status, list[Told]]:
    said: dict[Status, list[Told]] = defaultdict(list)
    for each in told:
        said[says(each)].append(each)
    return said


def _not_before(done: Sequence[Told], others: Sequence[Told]) -> list[Told]:
    """Those of the others that were not published on an earlier day than all that tell it as done."""
    days = [_day(each) for each in done]
    first = min((day for day in days if day), default=0) if all(days) else 0
    return [each for each in others if not 0 < _day(each) < first]


def _after(denials: Sequence[Told], others: Sequence[Told]) -> bool:
    """Whether any of the others was published on a later day than all these."""
    return max(map(_day, others), default=0) > max(map(_day, denials))


def _day(each: Told) -> int:
    """Day of publication, counted from the year 1; 0 where it is not known."""
    found = span((each.facts.published or "")[:10])
    return found.first if found else 0
