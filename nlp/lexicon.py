"""Reads a language's lexicons from nlp/lang/<code>/*.yaml: words are data, one folder a language."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, get_args

import yaml

from data.models import Action

LANG_DIR = Path(__file__).parent / "lang"


class LexiconError(ValueError):
    """A lexicon file is missing, is no YAML, or names a list that is not there."""


POS = ("verb", "noun", "middle", "modal", "state")
CONDITIONS = ("needs", "unless", "object", "spares")


@dataclass(frozen=True, slots=True)
class Entry:
    """A word that may tell an action, where its conditions hold.

    Its sentence holds one of `needs` and none of `unless`; it acts on one of `object` and on none of `spares`.
    """

    lemma: str
    pos: str
    action: str
    needs: frozenset[str] = field(default_factory=frozenset)
    unless: frozenset[str] = field(default_factory=frozenset)
    object: frozenset[str] = field(default_factory=frozenset)
    spares: frozenset[str] = field(default_factory=frozenset)

    @property
    def words(self) -> frozenset[str]:
        """The words of its lemma."""
        return frozenset(self.lemma.split())


@cache
def languages(file: str = "triggers.yaml") -> list[str]:
    """Codes of the languages whose folder holds a file."""
    return sorted(path.parent.name for path in LANG_DIR.glob(f"*/{file}"))


def read_yaml(lang: str, name: str) -> Any:
    """The parsed file; LexiconError tells file and reason."""
    path = LANG_DIR / lang / f"{name}.yaml"
    try:
        return yaml.safe_load(path.read_text("utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise LexiconError(f"{path}: {error}") from error


@cache
def trigger_entries(lang: str) -> tuple[Entry, ...]:
    """All trigger entries of a language in file order; LexiconError tells file, place, reason and remedy."""
    table, where = dict(read_yaml(lang, "triggers") or {}), f"nlp/lang/{lang}/triggers.yaml"
    if not isinstance(table.get("lists"), dict):
        raise LexiconError(f"{where}: lists is missing; add a table of named lists, empty ({{}}) if none is used")
    lists = {key: _words(f"{where}: lists.{key}", words) for key, words in table.pop("lists").items()}
    return tuple(
        _entry(f"{where}: {action}.{pos}", _one_of(pos, POS, f"{where}: {action}"), action, item, lists)
        for action, by_pos in table.items()
        for pos, items in by_pos.items()
        if _one_of(action, get_args(Action), where)
        for written in items
        for item in _spread(written)
    )


def _spread(item: Any) -> list[Any]:
    """ "[[stops, stopped], [loading, opening]]" in four phrases; anything else as it is."""
    return [" ".join(words) for words in product(*item)] if isinstance(item, list) else [item]


def _one_of(word: str, allowed: tuple[str, ...], where: str) -> str:
    if word not in allowed:
        raise LexiconError(f"{where}: {word} is unknown; write one of {', '.join(allowed)}")
    return word


def _entry(where: str, pos: str, action: str, item: Any, lists: dict[str, frozenset[str]]) -> Entry:
    if isinstance(item, str):
        return Entry(item.lower(), pos, action)
    if "lemma" not in item:
        raise LexiconError(f"{where}: {item} has no lemma; write {{lemma: word, needs: list}}")
    named = {
        _one_of(kind, CONDITIONS, f"{where}: {item['lemma']}"): name for kind, name in item.items() if kind != "lemma"
    }
    missing = sorted(set(named.values()) - lists.keys())
    if missing:
        raise LexiconError(
            f"{where}: {item['lemma']}: no list {missing[0]!r} under lists; add it there or name another"
        )
    return Entry(item["lemma"].lower(), pos, action, **{kind: lists[name] for kind, name in named.items()})


class Lists(dict[str, frozenset[str]]):
    """Word lists by name; one that is not there is empty, and asking for it adds nothing."""

    def __missing__(self, name: str) -> frozenset[str]:
        return frozenset()


@cache
def word_lists(lang: str, name: str) -> dict[str, frozenset[str]]:
    """A file of named word lists (moods, actors), each a set of lower-case lemmas; one not there is empty."""
    file = f"nlp/lang/{lang}/{name}.yaml"
    lists = {key: _words(f"{file}: {key}", words) for key, words in read_yaml(lang, name).items()}
    return Lists(lists)


def _words(where: str, words: list[Any]) -> frozenset[str]:
    """Lower-case words; LexiconError where YAML reads a bare word as something else ("no" as False)."""
    for word in words:
        if not isinstance(word, str):
            raise LexiconError(f"{where}: YAML reads {word!r} here, which is no word; put it in quotes")
    return frozenset(word.lower() for word in words)
