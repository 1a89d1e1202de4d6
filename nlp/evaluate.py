"""Reads labelled documents and holds what was read against their labels: figures, calibration, causes of errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from data.models import Document
from nlp.causes import Causes
from nlp.score import Report, score
from nlp.tag import Tagger


def evaluate(
    documents: Sequence[Document], records: Sequence[Mapping[str, Any]], tagger: Tagger
) -> tuple[Report, Causes, dict[str, list[dict[str, Any]]]]:
    """The report and the causes of errors over documents and their labels, in the same order, and events by document.

    A document that fails is logged and counts as one without events.
    """
    events: dict[str, list[dict[str, Any]]] = {}
    causes = Causes()
    for (document, doc), record in zip(tagger.docs(documents), records, strict=True):
        events[document.id] = [asdict(mention) for mention in doc._.mentions] if doc is not None else []
        if doc is not None:
            causes.add(record, doc, events[document.id])
    return score(records, events), causes, events
