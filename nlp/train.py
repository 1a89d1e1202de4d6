"""`make train`: trains the judge on labelled documents and writes nlp/judge.json, with figures by cross-validation.

Folds are over documents, so that none is judged by weights that it helped to set. The threshold is the one with the
best event F1 over all folds. The shut fifth (`is_shut`) is told apart: nobody sees its misses when mending rules.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

from nlp.calibration import table
from nlp.judge import WEIGHTS, Head
from nlp.pipeline import supported
from nlp.score import read_gold
from nlp.training import Example, event_head, examples, is_shut, trained

FOLDS = 5
Judged = tuple[Example, float]


def fold_of(id: str) -> int:
    """The fold of a document: second byte of SHA-1 of its id, so that it is no function of the shut fifth."""
    return hashlib.sha1(id.encode()).digest()[1] % FOLDS


def judged(rows: Sequence[Example]) -> list[Judged]:
    """Every example with P(event) by weights trained on the other folds."""
    found = []
    for fold in range(FOLDS):
        head = Head(event_head([row for row in rows if fold_of(row.document) != fold]))
        found += [(row, head.scores(row.names)["event"]) for row in rows if fold_of(row.document) == fold]
    return found


def event_f1(rows: Sequence[Judged], owed: int, threshold: float) -> tuple[float, float, float]:
    """Precision, recall and F1 of the examples at a threshold; those that may be either way count neither way."""
    taken = [row for row, confidence in rows if confidence >= threshold and row.event is not None]
    hit = sum(row.event is True for row in taken)
    precision, recall = hit / max(1, len(taken)), hit / max(1, owed)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def by_rule(rows: Sequence[Example]) -> list[Judged]:
    """Every example as a plain rule has it: an authority, or nobody named, has done it to the platform."""
    ruled = {"any:reading=target-official-settled", "any:reading=target-none-settled"}
    return [(row, float(bool(row.names & ruled))) for row in rows]


def figures(found: Sequence[Judged], owed: Mapping[str, int], threshold: float) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 of the judge and of the rule on documents that rules were mended on, and on the rest."""
    ways = {"judge": (found, threshold), "rule": (by_rule([row for row, _ in found]), 0.5)}
    told = {}
    for (name, (rows, least)), shut in product(ways.items(), (False, True)):
        part = [pair for pair in rows if pair[0].document in owed and is_shut(pair[0].document) == shut]
        rates = event_f1(part, sum(n for id, n in owed.items() if is_shut(id) == shut), least)
        told[f"{name}, {'shut' if shut else 'open'}"] = {
            figure: round(rate, 3) for figure, rate in zip(("precision", "recall", "f1"), rates, strict=True)
        }
    return told


def best_threshold(found: Sequence[Judged], owed: Mapping[str, int]) -> float:
    """The step with the best event F1: over documents of full weight, as the world has them, where there are any."""
    heaviest = max((row.weight for row, _ in found), default=1.0)
    light = {row.document for row, _ in found if row.weight < heaviest}
    rows = [pair for pair in found if pair[0].document not in light]
    total = sum(n for id, n in owed.items() if id not in light)
    return max((step / 100 for step in range(15, 75)), key=lambda step: event_f1(rows, total, step)[2])


def main(files: Sequence[str]) -> None:
    """Trains on all labelled documents of the files; prints what cross-validation says and writes it to the weights."""
    groups = {Path(file).stem: [r for r in read_gold(Path(file)) if r["lang"] in supported()] for file in files}
    rows = list(examples(record for group in groups.values() for record in group))
    found = judged(rows)
    owed = {name: {r["id"]: _owed(r) for r in group} for name, group in groups.items()}
    threshold = best_threshold(found, {id: n for each in owed.values() for id, n in each.items()})
    told = {name: figures(found, each, threshold) for name, each in owed.items() if sum(each.values())}
    WEIGHTS.write_text(
        json.dumps(trained(rows, threshold) | {"cross-validated": told}, indent=1, sort_keys=True) + "\n", "utf-8"
    )
    for name, by_way in told.items():
        for way, rates in by_way.items():
            print(f"{name}, {way}: " + "  ".join(f"{figure} {rate:.3f}" for figure, rate in rates.items()))
    for shut in (False, True):
        kept = [pair for pair in found if pair[1] >= threshold and is_shut(pair[0].document) == shut]
        print(f"{'shut' if shut else 'open'}, cross-validated:")
        print(table([(sure, row.event) for row, sure in kept if row.event is not None]))
    print(f"{sum(map(len, groups.values()))} documents, {len(rows)} candidates, threshold {threshold}")


def _owed(record: Mapping[str, Any]) -> int:
    return sum(not event.get("optional") for event in record["events"])


if __name__ == "__main__":
    main(sys.argv[1:])
