"""Scores mentions against gold: one-to-one pairs of the greatest likeness, then precision, recall, F1 and attributes.

The definition is that of the evaluation guide: a predicted event fits a gold event when platform and action are right;
pairs are chosen one to one, as many as can be, owed before optional, then the likest in date, amount, status and
authority. The assignment is SciPy's linear_sum_assignment.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

Gold = Mapping[str, Any]
Predicted = Mapping[str, Any]
LABELS = ("grounds", "scope")
"""Attributes that the guide's scorer does not know; where gold has them, null says that the text tells none."""
ATTRIBUTES = ("date", "status", "country", "authority", "amount", *LABELS)


class ScoreError(ValueError):
    """A gold file that cannot be scored against: which line, and what is wrong with it."""


def read_gold(path: Path) -> list[dict[str, Any]]:
    """Labelled documents, a JSON object a line, each with id and events. ScoreError names the first bad line."""
    records = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            if not all("platform" in event and "action" in event for event in record["events"]):
                raise ValueError("an event without platform or action")
        except (ValueError, KeyError, TypeError) as error:
            raise ScoreError(f"{path}, line {number}: {error!r}; each line must be a labelled document") from error
        records.append(record)
    return records


def fits(gold: Gold, event: Predicted) -> bool:
    """Platform and action are right."""
    return event["platform"] in gold["platform"] and event["action"] in gold["action"]


def is_right(gold: Gold, event: Predicted, attribute: str) -> bool:
    """Whether one attribute agrees, at gold's precision; an attribute that gold leaves open is right."""
    wanted, got = gold.get(attribute), event.get(attribute)
    if not wanted:
        return True
    if attribute == "date":
        return bool(got) and str(got).startswith(wanted)
    if attribute == "amount":
        return _same_sum(wanted, got) and event.get("currency") == gold.get("currency")
    return got == wanted if attribute == "country" else got in wanted


def pair_up(gold: Sequence[Gold], events: Sequence[Predicted]) -> list[tuple[int, int]]:
    """(gold index, event index) of the best one-to-one pairs that fit."""
    if not gold or not events:
        return []
    worth = np.array([[_likeness(g, e) for e in events] for g in gold])
    rows, columns = linear_sum_assignment(worth, maximize=True)
    return [(int(g), int(e)) for g, e in zip(rows, columns, strict=True) if worth[g][e]]


def _likeness(gold: Gold, event: Predicted) -> int:
    if not fits(gold, event):
        return 0
    date = is_right(gold, event, "date") if gold.get("date") else not event.get("date")
    amount = _same_sum(gold["amount"], event.get("amount")) if gold.get("amount") else not event.get("amount")
    status, authority = is_right(gold, event, "status"), is_right(gold, event, "authority")
    return 1000 + 100 * (not gold.get("optional")) + 16 * date + 8 * amount + 4 * status + 2 * authority


def _same_sum(wanted: float, got: float | None) -> bool:
    return got is not None and abs(got - wanted) <= 0.01 * abs(wanted)


@dataclass(slots=True)
class Tally:
    """Hits, predictions and owed events; `rates` are precision, recall and F1."""

    hit: int = 0
    predicted: int = 0
    owed: int = 0

    def rates(self) -> tuple[float, float, float]:
        """Precision, recall, F1; 0 where undefined."""
        precision = self.hit / self.predicted if self.predicted else 0.0
        recall = self.hit / self.owed if self.owed else 0.0
        total = precision + recall
        return precision, recall, 2 * precision * recall / total if total else 0.0


@dataclass(slots=True)
class Report:
    """Figures over a set of documents, and a line for every miss, extra and wrong attribute."""

    documents: int = 0
    event: Tally = field(default_factory=Tally)
    strict: Tally = field(default_factory=Tally)
    by_action: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    by_lang: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    """How often each label is told of an event in whose gold it stands, be it null."""
    irrelevant: int = 0
    false_alarms: int = 0
    misses: list[str] = field(default_factory=list)
    judged: list[tuple[float, bool]] = field(default_factory=list)
    """Confidence of each predicted event, and whether it is right; one that gold leaves open is left out."""


def score(gold_documents: Sequence[Gold], events_of: Mapping[str, Sequence[Predicted]]) -> Report:
    """The report over gold documents; `events_of` maps document ids to predicted events (none where absent)."""
    report = Report()
    for document in gold_documents:
        _add(report, document, events_of.get(document["id"], ()))
    return report


def _add(report: Report, document: Gold, events: Sequence[Predicted]) -> None:
    gold, pairs = document["events"], pair_up(document["events"], events)
    report.documents += 1
    if not document.get("relevant", bool(gold)):
        report.irrelevant += 1
        report.false_alarms += len(events)
    _add_owed(report, document, {g for g, _ in pairs})
    _add_extra(report, document, events, {e for _, e in pairs})
    _add_judged(report, events, {e: bool(gold[g].get("optional")) for g, e in pairs})
    for g, e in pairs:
        if not gold[g].get("optional"):
            _add_pair(report, document, gold[g], events[e])


def _add_owed(report: Report, document: Gold, paired: set[int]) -> None:
    for index, event in enumerate(document["events"]):
        if event.get("optional"):
            continue
        for tally in (
            report.event,
            report.strict,
            report.by_action[event["action"][0]],
            report.by_lang[document.get("lang", "?")],
        ):
            tally.owed += 1
        if index not in paired:
            report.misses.append(
                f"MISSED  {document['id']}  {event['platform'][0]} {event['action'][0]} {event.get('date')}"
            )


def _add_extra(report: Report, document: Gold, events: Sequence[Predicted], paired: set[int]) -> None:
    for index, event in enumerate(events):
        if index not in paired:
            for tally in (
                report.event,
                report.strict,
                report.by_action[event["action"]],
                report.by_lang[document.get("lang", "?")],
            ):
                tally.predicted += 1
            report.misses.append(f"EXTRA   {document['id']}  {event['platform']} {event['action']} {event.get('date')}")


def _add_judged(report: Report, events: Sequence[Predicted], optional: Mapping[int, bool]) -> None:
    for index, event in enumerate(events):
        if "confidence" in event and not optional.get(index):
            report.judged.append((event["confidence"], index in optional))


def _add_pair(report: Report, document: Gold, gold: Gold, event: Predicted) -> None:
    for tally in (report.event, report.by_action[gold["action"][0]], report.by_lang[document.get("lang", "?")]):
        tally.hit += 1
        tally.predicted += 1
    report.strict.predicted += 1
    report.strict.hit += is_right(gold, event, "date") and is_right(gold, event, "status")
    for name in ATTRIBUTES:
        _add_attribute(report, document, gold, event, name)


def _add_attribute(report: Report, document: Gold, gold: Gold, event: Predicted, name: str) -> None:
    wanted, got = gold.get(name), event.get(name)
    told = name in LABELS and name in gold and got is not None
    if told:
        report.told[name] += 1
    if wanted:
        report.asked[name] += 1
    if wanted and is_right(gold, event, name):
        report.right[name] += 1
    elif wanted or told:
        where = f"{document['id']}  {gold['platform'][0]} {gold['action'][0]}"
        report.misses.append(f"{name.upper():7} {where}: gold {wanted}, got {got}")


def table(report: Report) -> str:
    """The report as lines for people; the same figures in the same order as the guide's scorer prints."""
    lines = [f"documents {report.documents}  events owed {report.event.owed}  predicted {report.event.predicted}"]
    lines += [_line(f"{name:7}", tally) for name, tally in (("event", report.event), ("strict", report.strict))]
    for name in sorted(report.asked):
        line = f"  {name:10} {report.right[name] / report.asked[name]:.3f} of {report.asked[name]}"
        told = report.told[name]
        lines.append(f"{line}  precision {report.right[name] / told:.3f} of {told}" if told else line)
    for group in (report.by_action, report.by_lang):
        lines += [f"{_line(f'  {name:14}', tally)}  owed {tally.owed}" for name, tally in sorted(group.items())]
    per_thousand = 1000 * report.false_alarms / report.irrelevant if report.irrelevant else 0.0
    lines.append(f"false alarms per 1,000 irrelevant documents {per_thousand:.1f} of {report.irrelevant}")
    return "\n".join(lines)


def _line(name: str, tally: Tally) -> str:
    precision, recall, f1 = tally.rates()
    return f"{name} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}"
