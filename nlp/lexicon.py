"""Reads a language's lexicons from nlp/lang/<code>/*.yaml: words are data, one folder a language."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

LANG_DIR = Path(__file__).parent / "lang"


class LexiconError(ValueError):
    """A lexicon file is missing, is no YAML, or names a list that is not there."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A word that may tell an action, if its sentence holds one of `needs` and it acts on one of `object`."""

    lemma: str
    pos: str
    action: str
    needs: frozenset[str] = field(default_factory=frozenset)
    object: frozenset[str] = field(default_factory=frozenset)


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
    """All trigger entries of a language in file order."""
    table = read_yaml(lang, "triggers")
    where = f"nlp/lang/{lang}/triggers.yaml"
    lists = {key: _words(f"{where}: lists.{key}", words) for key, words in table.pop("lists").items()}
    return tuple(
        _entry(f"{where}: {action}.{pos}", pos, action, item, lists)
        for action, by_pos in table.items()
        for pos, items in by_pos.items()
        for item in items
    )


def _entry(where: str, pos: str, action: str, item: Any, lists: dict[str, frozenset[str]]) -> Entry:
    if isinstance(item, str):
        return Entry(item.lower(), pos, action)
    try:
        named = {kind: lists[item[kind]] for kind in ("needs", "object") if kind in item}
    except KeyError as error:
        raise LexiconError(f"{where}: {item['lemma']}: no list {error} under lists") from error
    return Entry(item["lemma"].lower(), pos, action, **named)


@cache
def word_lists(lang: str, name: str) -> dict[str, frozenset[str]]:
    """A file of named word lists (moods, actors), each a set of lower-case lemmas; one not there is empty."""
    file = f"nlp/lang/{lang}/{name}.yaml"
    lists = {key: _words(f"{file}: {key}", words) for key, words in read_yaml(lang, name).items()}
    return defaultdict(frozenset, lists)


def _words(where: str, words: list[Any]) -> frozenset[str]:
    """Lower-case words; LexiconError where YAML reads a bare word as something else ("no" as False)."""
    for word in words:
        if not isinstance(word, str):
            raise LexiconError(f"{where}: YAML reads {word!r} here, which is no word; put it in quotes")
    return frozenset(word.lower() for word in words)
