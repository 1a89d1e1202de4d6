"""Why a document was read as it was: each trigger's fate, each candidate's frames, what the judge weighed.

For people who mend rules: it names the component (language, platforms, triggers, frames, judge) that dropped what.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span

from data.models import Document, Mention
from nlp.frames import Frame
from nlp.judge import Judge
from nlp.lexicon import Entry
from nlp.mentions import Verdict
from nlp.telling import Told
from nlp.triggers import entry_of

WEIGHTS_SHOWN = 7


def explain(document: Document, doc: Doc | None, judge: Judge) -> Iterator[str]:
    """Lines for a terminal: the document, its names, its candidates (surest first), and the triggers that told none."""
    yield document.title
    yield f"{document.published or 'no date'} · {document.url or document.id}"
    if doc is None:
        yield "language: nobody reads it; no mentions"
        return
    yield from _names(doc)
    for number, verdict in enumerate(sorted(doc._.verdicts, key=lambda each: -each.confidence), 1):
        yield ""
        yield from _candidate(number, verdict, judge)
    yield ""
    yield from _unused(doc)


def _names(doc: Doc) -> Iterator[str]:
    for group in ("platforms", "authorities", "places"):
        found = {span.id_: span.text for span in reversed(doc.spans[group])}
        yield f"{group}: {', '.join(f'{id} “{text}”' for id, text in reversed(found.items())) or 'none'}"
    yield f"dates: {', '.join(f'{date.value} ({date.basis})' for date in doc._.dates) or 'none'}"
    yield f"money: {', '.join(f'{sum.amount:,.0f} {sum.currency}' for sum in doc._.money) or 'none'}"


def _candidate(number: int, verdict: Verdict, judge: Judge) -> Iterator[str]:
    candidate, kept = verdict.candidate, verdict.mention
    fate = "kept, ≥" if kept else "dropped by the judge, <"
    yield f"{number}. {candidate.platform} {candidate.action} {verdict.confidence:.2f}: {fate} {judge.threshold}"
    if kept:
        yield f"   {', '.join(_fields(kept))}"
    for told in candidate.told:
        yield from _frame(told)
    weighed = judge.weighed(verdict.features)
    yield f"   for it: {_heaviest([(name, weight) for name, weight in weighed if weight > 0])}"
    yield f"   against: {_heaviest([(name, weight) for name, weight in weighed if weight < 0])}"


def _heaviest(weighed: list[tuple[str, float]]) -> str:
    shown, lighter = weighed[:WEIGHTS_SHOWN], weighed[WEIGHTS_SHOWN:]
    more = [f"{sum(weight for _, weight in lighter):+.2f} by {len(lighter)} lighter ones"] if lighter else []
    return ", ".join([f"{weight:+.2f} {name}" for name, weight in shown] + more) or "nothing"


def _fields(mention: Mention) -> list[str]:
    names = ("country", "authority", "amount", "grounds", "scope")
    told = [(name, getattr(mention, name)) for name in names]
    date = f"date {mention.date} ({mention.date_basis})" if mention.date else "no date"
    return [mention.status, date, *(f"{name} {value}" for name, value in told if value)]


def _frame(told: Told) -> Iterator[str]:
    frame = told.frame
    yield f"   {_where(frame)}: {' '.join(unit.text for unit in frame.sentence.units)}"
    flags = "".join(f" {flag}" for flag in sorted(frame.role.flags))
    actor = " ".join(frame.sentence.units[i].text for i in frame.actor.units)
    yield f"      “{frame.trigger.text}” ({frame.pos}) to “{frame.platform.text}”: {frame.role.name}{flags}"
    yield f"      actor {frame.actor.kind} “{actor}”, mood {' '.join(sorted(frame.mood))}, acts on {frame.acts_on}"
    facts = [("country", told.country), ("authority", told.authority), ("date", told.date)]
    shown = [f"{name} {found.value} ({found.basis})" for name, found in facts if found]
    shown += [f"sum {told.money.amount:,.0f} {told.money.currency}"] if told.money else []
    yield f"      {', '.join(shown) or 'no country, authority, date or sum'}"


def _where(frame: Frame) -> str:
    return "title" if frame.sentence.title else f"sentence {frame.sentence.index + 1}"


def _unused(doc: Doc) -> Iterator[str]:
    """Triggers that came into no frame, and why."""
    used = {frame.trigger.start for frame in doc._.frames}
    unused = [span for span in doc.spans["triggers"] if span.start_char not in used]
    yield f"triggers without a frame: {len(unused)}"
    for span in unused:
        yield f"   “{span.text}” ({span.label_}): {_fate(span, doc, entry_of(span))}"


def _fate(span: Span, doc: Doc, entry: Entry) -> str:
    if not doc.spans["platforms"]:
        return "platforms: the document names none"
    sentence = next((s for s in doc._.sentences if s.units[0].start <= span.start_char < s.units[-1].end), None)
    if sentence is None or not any(unit.start == span.start_char for unit in sentence.units):
        return "triggers: part of a name"
    if not sentence.of_kind("platform"):
        return "frames: its sentence names no platform, and stands for none"
    wanted = entry.needs or entry.object
    if wanted:
        where = "as its object" if entry.object else "in its sentence"
        return f"frames: wants {where} one of {', '.join(sorted(wanted)[:8])} …"
    return "frames: another reading of the same word is better, or its only platform owns the one aimed at"
