"""The acts of a cell that came before, and what later ones made of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import islice, product

from data.models import Action
from nlp.resolving.acts import Act

LOOK = 50
"""Acts of one kind and platform that are looked at, nearest first, so that the cost grows with the acts alone."""
Links = dict[Act, str]
"""The phase into which an act brings each of some earlier ones, the one that it bears on most first."""
Rank = tuple[int, ...]


class Past:
    """Grows by one act after the other, in order of time. `ends`: the phases in which an act holds no longer."""

    def __init__(self, undated: Iterable[Act], ends: frozenset[str]) -> None:
        self.ends = ends
        self._made: dict[Act, Links] = {}
        self._became: dict[Act, Links] = defaultdict(dict)
        self._acts: dict[str, dict[Action, list[Act]]] = {}
        self._undated = list(undated)

    def add(self, act: Act, links: Links) -> None:
        """One more act, and what it makes of those before it."""
        self._made[act] = links
        self._acts.setdefault(act.event.platform, defaultdict(list))[act.event.action].append(act)
        for other, phase in links.items():
            self._became[other][act] = phase

    def made(self, act: Act) -> Links:
        """What it made of earlier ones."""
        return self._made.get(act, {})

    def became(self, act: Act) -> Links:
        """What later acts made of this one, in order of time."""
        return self._became.get(act, {})

    def ended(self, act: Act) -> Act | None:
        """What ended it first."""
        return next((by for by, phase in self.became(act).items() if phase in self.ends), None)

    def earlier(self, act: Act, actions: Iterable[Action], days: int) -> Iterator[Act]:
        """Those of these actions that may be of its story: on its platform, in its place, at most so many days ago."""
        kin = [acts for platform, acts in self._acts.items() if act.kin(platform)]
        for action, acts in product(actions, kin):
            for other in islice(reversed(acts[action]), LOOK):
                if apart(act, other) > days:
                    break
                if act.near(other) >= 0:
                    yield other

    def undated(self, act: Act, actions: Iterable[Action]) -> list[Act]:
        """The same among those of which no date is told."""
        found = [each for each in self._undated if each.event.action in actions and act.kin(each.event.platform)]
        return [each for each in found if act.near(each) >= 0]


def apart(act: Act, other: Act) -> int:
    """Days from the other act to this one."""
    assert act.day is not None and other.day is not None
    return act.day - other.day


def fittest(found: Iterable[Act], rank: Callable[[Act], Rank]) -> list[Act]:
    """Those of the lowest rank."""
    ranked = [(rank(each), each) for each in found]
    best = min((each for each, _ in ranked), default=None)
    return [each for own, each in ranked if own == best]


def only(found: list[Act]) -> list[Act]:
    """The one; none where it is not the only one."""
    return found if len(found) == 1 else []
