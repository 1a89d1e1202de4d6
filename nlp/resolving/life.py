"""The life of actions: what each event follows, when it ended, how it stands, and its timeline.

Events are linked within their cell alone, each to those before it. Of two that fit equally well neither is taken, since
a wrong link is worse than none; but measures of one stroke are lifted together. Pure, without a clock; neither the
order in which events come nor their ids decide anything.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from data.models import Event, Link
from data.reference import Reference
from nlp.resolving.acts import Act
from nlp.resolving.cells import Cell, Cells
from nlp.resolving.facts import UNKNOWN, DocumentFacts
from nlp.resolving.following import followed
from nlp.resolving.past import Past
from nlp.resolving.spans import Span, span
from nlp.resolving.steady import ANEW, Steady
from nlp.resolving.timeline import phase, story_of, timeline
from nlp.resolving.undoing import undone
from nlp.resolving.words import Regions


def lives(
    events: Iterable[Event],
    cells: Mapping[str, Cell],
    facts: Mapping[str, DocumentFacts],
    reference: Reference,
    known: Steady = ANEW,
) -> list[Event]:
    """The events in the order given, with `ended`, `follows`, `phase`, `links` and `timeline`.

    `cells`: by the key of a mention; `facts`: by document id; `known`: what follows what it followed. Events whose life
    must be as it is remembered are given back as they came.
    """
    given, regions, finder = list(events), Regions(reference), Cells(reference)
    groups: dict[Cell, list[Act]] = defaultdict(list)
    for event in given:
        groups[_cell(event, cells, finder)].append(Act(event, reference, regions, _told(event, facts)))
    ends = frozenset(each.id for each in reference.phases.values() if each.ends)
    lived = {each.id: each for cell, acts in groups.items() for each in _lived(acts, cell.family, ends, known)}
    return [lived[event.id] for event in given]


def _lived(acts: list[Act], family: str, ends: frozenset[str], known: Steady) -> list[Event]:
    """The events of one cell."""
    past = Past(sorted((act for act in acts if act.day is None), key=lambda act: act.turn), ends)
    by_id, anew = {act.event.id: act for act in acts}, list[Act]()
    for act in sorted((act for act in acts if act.day is not None), key=lambda act: (act.day or 0, act.turn)):
        links = known.links.get(act.event.id, ()) if known.stays(act.event, family, act.day or 0) else None
        if links is not None and all(other in by_id for other, _ in links):
            past.add(act, {by_id[other]: phase for other, phase in links})
        else:
            past.add(act, undone(act, past) if act.undoing else followed(act, past))
            anew.append(act)
    stirred = _stirred(anew, by_id, past, known)
    return [_with_life(act, past) if act in stirred else act.event for act in acts]


def _stirred(anew: Sequence[Act], by_id: Mapping[str, Act], past: Past, known: Steady) -> set[Act]:
    """Those whose life may be another: all that is in one story with what was linked anew, or was so before."""
    before = {other for act in anew for other, _ in known.links.get(act.event.id, ())}
    loose = [by_id[each] for each in before | known.loose if each in by_id]
    fresh = [act for act in by_id.values() if act.event.id not in known.links]
    return {each for act in [*anew, *loose, *fresh] for each in story_of(act, past)}


def _with_life(act: Act, past: Past) -> Event:
    links = tuple(Link(other.event.id, phase) for other, phase in past.made(act).items())
    by = past.ended(act)
    life = {
        "ended": (by.event.date or by.event.announced) if by else None,
        "follows": links[0].other if links else None,
        "phase": phase(act, past),
    }
    said = {name: getattr(act.event, name) for name in (act.event.corrected or "").split() if name in life}
    return replace(act.event, links=links, timeline=timeline(act, past), **life | said)


def _cell(event: Event, cells: Mapping[str, Cell], finder: Cells) -> Cell:
    """The cell of most of its mentions, since a person may have joined some of several; its own where none is read."""
    found = Counter(cells[each.key] for each in event.mentions if each.key in cells)
    own = finder.cell(event.platform, event.country)
    return min(found, key=lambda cell: (-found[cell], cell), default=own)


def _told(event: Event, facts: Mapping[str, DocumentFacts]) -> Span | None:
    """From the first of its documents to the last, None where the day of one is not known."""
    days = [span((facts.get(each.document_id, UNKNOWN).published or "")[:10]) for each in event.mentions]
    known = [day for day in days if day]
    return Span(min(known).first, max(known).last) if known and len(known) == len(days) else None
