"""What the words of an act tell of another: what it undoes, how, and in which part of the country (life.yaml)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml

from data.models import Action, StoredMention
from data.reference import Reference


@cache
def rules() -> Mapping[str, Any]:
    """The content of life.yaml."""
    return cast(Mapping[str, Any], yaml.safe_load(Path(__file__).with_name("life.yaml").read_text("utf-8")))


def quote(stored: StoredMention, field: str) -> str:
    """The words behind a field of a mention, "" where it has none."""
    return next((each.quote for each in stored.mention.evidence if each.field == field), "")


def manner(stored: StoredMention) -> str | None:
    """How a mention says that its act bears on another: by its trigger, else by its sentence; None by neither."""
    for text, part in ((quote(stored, "action"), 0), (quote(stored, "event"), 1)):
        for found, patterns in _manners().items():
            if patterns[part].search(text):
                return found
    return None


def objects(stored: StoredMention) -> set[Action]:
    """The actions that a mention's sentence names besides its own."""
    return {action for action, words in _objects().items() if words.search(quote(stored, "event"))}


class Regions:
    """Finds the regions of a country by name."""

    def __init__(self, reference: Reference) -> None:
        names: dict[str, dict[str, str]] = {}
        for region in reference.regions.values():
            own = names.setdefault(region.country, {})
            own |= {name: region.id for name in region.all_names if name not in region.ambiguous_aliases}
        self._names = names
        self._patterns = {country: _names(own) for country, own in names.items() if own}

    def named(self, country: str | None, text: str) -> set[str]:
        """The regions of the country that a text names."""
        pattern = self._patterns.get(country or "")
        return {self._names[country or ""][name] for name in pattern.findall(text)} if pattern else set()


@cache
def _manners() -> Mapping[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    """For each manner what may stand in the trigger, and what in its sentence."""
    return {
        found: (_any([*entry["words"], *entry.get("trigger", [])]), _any(entry["words"]))
        for found, entry in rules()["manners"].items()
    }


@cache
def _objects() -> Mapping[Action, re.Pattern[str]]:
    return {action: _any(words) for action, words in rules()["objects"].items()}


def _names(names: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")


def _any(words: Iterable[str]) -> re.Pattern[str]:
    """A star is the rest of a word, ".." up to four words."""
    patterns = (each.replace(" .. ", r"(?:\s+\S+){0,4}?\s+").replace("*", r"\w*") for each in words)
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE)
