"""The gate: floors for each figure of reading, kept in data/baseline.json. `make baseline` raises them.

A floor never falls by itself: to lower one, `make baseline WHY="..."` writes the reason beside it, and a floor that is
below its highest without such a reason fails the gate, too. False alarms have a ceiling instead.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from data.clock import now
from data.documents import document_of
from nlp.evaluate import evaluate
from nlp.score import ATTRIBUTES, Report, read_gold, score
from nlp.tag import Tagger
from nlp.training import is_shut

ROOT = Path(__file__).parents[1]
BASELINE = ROOT / "data" / "baseline.json"
GOLD = ROOT / "data" / "gold"
SHARED = ROOT.parent / "shared" / "eval"
MARGIN = 0.01
"""A new floor lies so far below what was measured, so that a mended word elsewhere does not fail the gate."""
CEILING = "false alarms"
LONG = 350  # words
Table = dict[str, dict[str, float]]


def figures() -> Table:
    """By set of documents, each figure measured now: the own gold, and the shared evaluation set where it is there."""
    sets = {name: records for name, records in _sets().items() if records}
    records = list({record["id"]: record for each in sets.values() for record in each}.values())
    _, _, events = evaluate([document_of(record) for record in records], records, Tagger())
    return {name: figures_of(score(each, events)) for name, each in sets.items()}


def _sets() -> dict[str, list[dict[str, Any]]]:
    dev = [record for record in _read(SHARED / "dev.jsonl") if record["lang"] == "en"]
    return {
        "gold": [record for path in sorted(GOLD.glob("*.jsonl")) for record in read_gold(path)],
        "dev": dev,
        "dev, long": [record for record in dev if len(record["text"].split()) > LONG],
        "dev, the shut fifth": [record for record in dev if is_shut(record["id"])],
        "irrelevant": _read(SHARED / "irrelevant.jsonl"),
    }


def _read(path: Path) -> list[dict[str, Any]]:
    return read_gold(path) if path.exists() else []


def figures_of(report: Report) -> dict[str, float]:
    """Event and strict F1, the share of each right field, F1 by action, false alarms per 1,000; what was asked only."""
    found = {"event": report.event.rates()[2], "strict": report.strict.rates()[2]} if report.event.owed else {}
    found |= {name: report.right[name] / report.asked[name] for name in ATTRIBUTES if report.asked[name]}
    found |= {f"{name} precision": report.right[name] / told for name, told in report.told.items()}
    found |= {action: tally.rates()[2] for action, tally in sorted(report.by_action.items()) if tally.owed >= 10}
    if report.irrelevant:
        found[CEILING] = 1000 * report.false_alarms / report.irrelevant
    return {name: round(value, 3) for name, value in found.items()}


def faults(measured: Table, baseline: Mapping[str, Any]) -> list[str]:
    """What the gate holds against a build: figures past their floors, floors that fell without a written reason."""
    told = {(each["set"], each["figure"]) for each in baseline["lowered"] if each["why"].strip()}
    found = []
    for name, floors in baseline["floors"].items():
        for figure, (floor, best) in floors.items():
            got = measured.get(name, {}).get(figure, floor)
            if _is_worse(figure, got, floor):
                found.append(f"{name}: {figure} is {got}, past its floor of {floor}")
            if _is_worse(figure, floor, best) and (name, figure) not in told:
                found.append(f"{name}: the floor of {figure} was {best}, is {floor}, and nobody wrote why")
    return found


def _is_worse(figure: str, value: float, than: float) -> bool:
    return value > than if figure == CEILING else value < than


def raised(measured: Table, baseline: Mapping[str, Any], why: str, day: str) -> dict[str, Any]:
    """The baseline with floors a margin below what was measured; lower ones only with a reason."""
    floors = {name: dict(each) for name, each in baseline["floors"].items()}
    lowered = list(baseline["lowered"])
    for name, each in measured.items():
        for figure, value in each.items():
            new = round(value + 1 if figure == CEILING else value - MARGIN, 3)
            old, best = floors.setdefault(name, {}).get(figure, (new, new))
            if _is_worse(figure, new, old):
                if not (why.strip() and _is_worse(figure, value, old)):
                    continue
                lowered.append({"set": name, "figure": figure, "from": old, "to": new, "day": day, "why": why})
            floors[name][figure] = [new, best if _is_worse(figure, new, best) else new]
    return {"floors": floors, "lowered": lowered}


def main(arguments: Sequence[str]) -> None:
    """Measures, raises the floors, and prints what still fails; `arguments` are the words of the reason to lower."""
    held = json.loads(BASELINE.read_text("utf-8")) if BASELINE.exists() else {"floors": {}, "lowered": []}
    measured = figures()
    new = raised(measured, held, " ".join(arguments), now()[:10])
    BASELINE.write_text(json.dumps(new, indent=1) + "\n", "utf-8")
    for name, each in measured.items():
        print(f"{name}: {', '.join(f'{figure} {value}' for figure, value in each.items())}")
    print("\n".join(faults(measured, new)) or "all floors hold")


if __name__ == "__main__":
    main(sys.argv[1:])
