"""Phrases as data: the regular expressions of lang/<code>/*.yaml, and how a file of them is read.

A space in a phrase is any blank or one line break (text may be hard-wrapped); one before a bar, where YAML folds a long
list, is none. Character classes must hold no space. Case counts only within (?-i:…).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, TypeVar

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

LANG = Path(__file__).parent / "lang"
NEVER = "(?!)"
GAP = r"(?:[^\S\n]{1,3}|\n)"

K = TypeVar("K")
M = TypeVar("M", bound=BaseModel)


def _loosen(phrase: str) -> str:
    try:
        re.compile(re.sub(r"\{[a-z]+\}", "", phrase))
    except re.error as error:
        raise ValueError(f"no regular expression: {error}") from error
    return re.sub(r"(?<=[\w)?.]) \|", "|", phrase).replace(" ", GAP)


Phrase = Annotated[str, AfterValidator(_loosen)]


STRICT = ConfigDict(extra="forbid", frozen=True)
"""For models of files of phrases: a key that the model does not have is an error."""


def any_of(table: Mapping[K, str]) -> str:
    """One alternation of all phrases of a table; matches nothing if there are none."""
    return "|".join(table.values()) or NEVER


@cache
def compiled(phrase: str) -> re.Pattern[str]:
    """The phrase as an expression that disregards case."""
    return re.compile(phrase, re.IGNORECASE)


def key_of(table: Mapping[K, str], words: str | None) -> K | None:
    """The key whose phrase is all of `words`."""
    return next((key for key, phrase in table.items() if words and compiled(phrase).fullmatch(words)), None)


def read_lexicon(path: Path, model: type[M]) -> M:
    """The file as a model; an empty one where there is no file.

    Raises:
        ValueError: no YAML, an unknown key, or no regular expression; names file, field and reason.
    """
    try:
        return model.model_validate(yaml.safe_load(path.read_text("utf-8")) if path.is_file() else {})
    except (yaml.YAMLError, ValidationError) as error:
        raise ValueError(f"{path}: {error}\nThe files of lang/en show and explain the form") from error


def lexicon_path(lang: str, name: str) -> Path:
    """lang/<lang>/<name>; a language code is letters and hyphens, so that it leads nowhere else."""
    return LANG / (lang if re.fullmatch(r"[A-Za-z-]+", lang) else "none") / name
