"""`make train`: trains the judge on labelled documents and writes nlp/judge.json, with figures by cross-validation.

Folds are over documents, so that none is judged by weights that it helped to set. The threshold is the one with the
best event F1 over all folds. The shut fifth (`is_shut`) is told apart: nobody sees its misses when mending rules.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from nlp.judge import WEIGHTS, Head
from nlp.score import read_gold
from nlp.training import Example, examples, is_shut, trained

FOLDS = 5
Judged = tuple[Example, float]


def fold_of(id: str) -> int:
    """The fold of a document: second byte of SHA-1 of its id, so that it is no function of the shut fifth."""
    return hashlib.sha1(id.encode()).digest()[1] % FOLDS


def judged(rows: Sequence[Example]) -> list[Judged]:
    """Every example with P(event) by weights trained on the other folds."""
    found = []
    for fold in range(FOLDS):
        head = Head(trained([row for row in rows if fold_of(row.document) != fold], 0.5)["event"])
        found += [(row, head.scores(row.names)["event"]) for row in rows if fold_of(row.document) == fold]
    return found


def event_f1(rows: Sequence[Judged], owed: int, threshold: float) -> tuple[float, float, float]:
    """Precision, recall and F1 of the examples at a threshold; those that may be either way count neither way."""
    taken = [row for row, confidence in rows if confidence >= threshold and row.event is not None]
    hit = sum(row.event is True for row in taken)
    precision, recall = hit / max(1, len(taken)), hit / max(1, owed)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def main(files: Sequence[str]) -> None:
    """Trains on all labelled documents of the files and prints what cross-validation says of them."""
    documents = [record for file in files for record in read_gold(Path(file))]
    rows = list(examples(documents))
    found = judged(rows)
    owed = {d["id"]: sum(not e.get("optional") for e in d["events"]) for d in documents}
    read = {row.document for row in rows}
    steps = [step / 100 for step in range(15, 75)]
    threshold = max(steps, key=lambda step: event_f1(found, sum(owed.values()), step)[2])
    for name, shut in (("open", False), ("shut", True)):
        part = [pair for pair in found if is_shut(pair[0].document) == shut]
        figures = event_f1(part, sum(n for id, n in owed.items() if is_shut(id) == shut), threshold)
        print(f"{name} documents, cross-validated: P {figures[0]:.3f}  R {figures[1]:.3f}  F1 {figures[2]:.3f}")
    print(f"{len(documents)} documents, {len(read)} with candidates, {len(rows)} candidates, threshold {threshold}")
    WEIGHTS.write_text(json.dumps(trained(rows, threshold), indent=1, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
