"""Which kinds of authorities are fit for what: by the action, and by what a document is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import yaml
from spacy.tokens import Doc

from nlp.described import lexicon


@cache
def fitness() -> dict[str, frozenset[str]]:
    """The kinds of authorities that mostly take each action: nlp/fitness.yaml."""
    table = yaml.safe_load(Path(__file__).with_name("fitness.yaml").read_text("utf-8"))
    return {action: frozenset(kinds) for action, kinds in table.items()}


def topics_of(doc: Doc, places: Iterable[tuple[int, int]]) -> Counter[str]:
    """How often a document names what each kind of regulator watches; fivefold in `places`, bounds of tokens."""
    words = lexicon(doc.lang_)
    near = {i for start, end in places for i in range(start, end)}
    found = Counter[str]()
    for kind, topics in words.topics.items():
        found[kind] = sum(5 if token.i in near else 1 for token in doc if token.lower_ in topics)
    return +found
