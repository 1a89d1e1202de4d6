"""What Russian words govern: nlp/lang/ru/government.yaml, loaded once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from nlp.lexicon import read_yaml


@dataclass(frozen=True, slots=True)
class Government:
    """The tables of government.yaml; the file explains each."""

    prepositions: dict[str, frozenset[str]]
    nouns: dict[str, frozenset[str]]
    target: dict[str, frozenset[str]]
    shown: dict[str, str]
    phrases: frozenset[str]
    behest: frozenset[str]
    dative: frozenset[str]
    genitive: frozenset[str]
    infinitive: frozenset[str]
    phase: frozenset[str]
    modal: frozenset[str]
    speech: frozenset[str]
    undergo: frozenset[str]
    naming: frozenset[str]
    subordinators: frozenset[str]
    content: frozenset[str]
    asserted: frozenset[str]
    titles: frozenset[str]
    times: frozenset[str]
    abbreviations: frozenset[str]


@cache
def government() -> Government:
    """The tables. LexiconError where the file is missing or no YAML; TypeError names a table too many or too few."""
    table = read_yaml("ru", "government")
    prepositions, nouns, target = (
        {word: frozenset(values) for word, values in table.pop(name).items()}
        for name in ("prepositions", "nouns", "target")
    )
    shown = dict(table.pop("shown"))
    return Government(prepositions, nouns, target, shown, **{name: frozenset(words) for name, words in table.items()})
