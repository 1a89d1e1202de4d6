"""Assembles a language's pipeline from nlp/lang/<code>/config.cfg, a spaCy config of registered components."""

from __future__ import annotations

import logging
from functools import cache

from spacy.language import Language
from spacy.util import load_config, load_model_from_config

# Importing registers the factories that the configs name.
from nlp import candidates, frames, gazetteer, mentions, parse, quantities, triggers  # noqa: F401
from nlp.lexicon import LANG_DIR
from nlp.russian import parser, sentences  # noqa: F401

# Other libraries may let every logger speak; of spaCy's remarks only errors are for the people who run this.
logging.getLogger("spacy").setLevel(logging.ERROR)


def supported() -> list[str]:
    """Codes of the languages that can be read."""
    return sorted(path.parent.name for path in LANG_DIR.glob("*/config.cfg"))


@cache
def pipeline(lang: str, *, exclude: tuple[str, ...] = ()) -> Language:
    """The pipeline of a language, built once a process. KeyError for a language without a config."""
    path = LANG_DIR / lang / "config.cfg"
    if not path.exists():
        raise KeyError(lang)
    return load_model_from_config(load_config(path), auto_fill=True, exclude=list(exclude))
