"""From labelled documents to the judge's weights: examples, and a regularised logistic regression over them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from data.documents import document_of
from nlp.candidates import Candidate
from nlp.features import features
from nlp.pipeline import pipeline, read, supported
from nlp.resolving.spans import gap, span
from nlp.score import pair_up

WEEK = 7
"""Days for which an action is news."""
STRENGTH = 0.1
"""Inverse of the L2 penalty; 0.03 to 0.2 gave the same event F1 within 0.01 in cross-validation."""
SHARE = 0.35
"""Size of what any frame of a candidate tells, its best one's being 1: weights that cost more learn less by heart."""
WRITTEN = 0.5
"""Weight of what was written for the project's gold, where acts stand denser than in the world; 0 and 1 did worse."""


@dataclass(frozen=True, slots=True)
class Example:
    """One candidate: its features, whether it is an event (None: either is right), and what gold says of its status."""

    document: str
    names: frozenset[str]
    event: bool | None
    status: str | None
    news: bool | None
    weight: float = 1.0


def is_shut(id: str) -> bool:
    """Whether a document belongs to the fifth that is kept for the true figure: first byte of SHA-1 of its id."""
    return hashlib.sha1(id.encode()).digest()[0] % 5 == 0


def examples(documents: Iterable[Mapping[str, Any]]) -> Iterator[Example]:
    """The candidates of labelled documents with their labels; documents in other languages are passed over."""
    known = set(supported())
    for document in documents:
        if document["lang"] in known:
            yield from _of_document(document)


def _of_document(document: Mapping[str, Any]) -> Iterator[Example]:
    doc = read(document_of(document), pipeline(document["lang"], exclude=("mentions",)))
    gold = document["events"]
    pairs = {c: gold[g] for g, c in pair_up(gold, [_draft(candidate) for candidate in doc._.candidates])}
    for index, candidate in enumerate(doc._.candidates):
        yield _example(document, frozenset(features(candidate, doc)), candidate, pairs.get(index))


def _draft(candidate: Candidate) -> dict[str, Any]:
    date, money = candidate.date, candidate.money
    return {
        "platform": candidate.platform,
        "action": candidate.action,
        "date": date.value if date else None,
        "amount": money.amount if money else None,
        "currency": money.currency if money else None,
    }


def _example(
    document: Mapping[str, Any], names: frozenset[str], candidate: Candidate, gold: Mapping[str, Any] | None
) -> Example:
    weight = WRITTEN if document.get("source") == "gold" else 1.0
    if gold is None:
        return Example(document["id"], names, False, None, None, weight)
    optional = bool(gold.get("optional"))
    news = None if candidate.date or optional else _is_news(gold.get("date"), document.get("published"))
    return Example(document["id"], names, None if optional else True, gold["status"][0], news, weight)


def _is_news(date: str | None, published: str | None) -> bool | None:
    """Whether a date is that of news published then, to the day or nearly; None where nobody tells when it was."""
    told, day = span(date), span((published or "")[:10])
    if day is None:
        return None
    return told is not None and gap(told, day) <= WEEK and told.first <= day.first


def fit(
    rows: Sequence[Example], labels: Sequence[str], vocabulary: Mapping[str, int], strength: float = STRENGTH
) -> dict[str, dict[str, float]]:
    """Weights by class of a regularised logistic regression (scikit-learn, lbfgs); class "" ("not so") has no table."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=strength, max_iter=2000, fit_intercept=False)
    model.fit(matrix([row.names for row in rows], vocabulary), labels, sample_weight=[row.weight for row in rows])
    names = list(vocabulary)
    # Of two classes scikit-learn weighs the second alone: against nothing at all for the first.
    weights = np.vstack([np.zeros_like(model.coef_), model.coef_]) if len(model.classes_) == 2 else model.coef_
    sized = weights * np.array([_size(name) for name in names])
    return {
        str(label): {name: round(float(w), 3) for name, w in zip(names, row, strict=True) if abs(w) >= 0.005}
        for label, row in zip(model.classes_, sized, strict=True)
        if label
    }


def matrix(rows: Sequence[frozenset[str]], vocabulary: Mapping[str, int]) -> csr_matrix:
    """Rows of features as a sparse matrix of their sizes; unknown features are left out."""
    told = [(r, vocabulary[name], _size(name)) for r, row in enumerate(rows) for name in row if name in vocabulary]
    row_index, column_index, sizes = zip(*told, strict=True)
    return csr_matrix((sizes, (row_index, column_index)), shape=(len(rows), len(vocabulary)))


def _size(name: str) -> float:
    return SHARE if name.startswith("any:") else 1.0


def vocabulary(rows: Iterable[frozenset[str]], least: int = 5) -> dict[str, int]:
    """Features seen in at least so many candidates, each with its column."""
    counts: dict[str, int] = {}
    for row in rows:
        for name in row:
            counts[name] = counts.get(name, 0) + 1
    return {name: index for index, name in enumerate(sorted(n for n, c in counts.items() if c >= least))}


def trained(rows: Sequence[Example], threshold: float) -> dict[str, Any]:
    """The three heads, in the shape of nlp/judge.json."""
    real = [row for row in rows if row.status is not None]
    told = [row for row in real if row.news is not None]
    names = vocabulary(row.names for row in rows if row.event is not None)
    return {
        "threshold": threshold,
        "event": event_head(rows),
        "status": fit(real, [str(row.status) for row in real], names),
        "news": fit(told, ["news" if row.news else "" for row in told], names),
    }


def event_head(rows: Sequence[Example]) -> dict[str, dict[str, float]]:
    """The weights that tell events from what is none, learnt from the examples that gold decides."""
    sure = [row for row in rows if row.event is not None]
    names = vocabulary(row.names for row in sure)
    return fit(sure, ["event" if row.event else "" for row in sure], names)
