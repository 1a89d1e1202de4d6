"""Assembles a language's pipeline from nlp/lang/<code>/config.cfg, a spaCy config of registered components."""

from __future__ import annotations

import logging
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import load_config, load_model_from_config

from data.models import Document

# Importing registers the factories that the configs name.
from nlp import candidates, described, frames, gazetteer, labels, mentions, parse, places, quantities, triggers  # noqa: F401
from nlp.homeland import set_homeland
from nlp.lexicon import LANG_DIR, languages
from nlp.quantities import set_published
from nlp.russian import parser, sentences  # noqa: F401

# Other libraries may let every logger speak; of spaCy's remarks only errors are for the people who run this.
logging.getLogger("spacy").setLevel(logging.ERROR)

LONGEST = 100_000_000
"""Characters of a document. spaCy's own limit is for models that read all of it; here they read single sentences."""


def supported() -> list[str]:
    """Codes of the languages that can be read."""
    return languages("config.cfg")


@cache
def pipeline(lang: str, *, exclude: tuple[str, ...] = ()) -> Language:
    """The pipeline of a language, built once a process. KeyError for a language without a config."""
    path = LANG_DIR / lang / "config.cfg"
    if not path.exists():
        raise KeyError(lang)
    nlp = load_model_from_config(load_config(path), auto_fill=True, exclude=list(exclude))
    nlp.max_length = LONGEST
    return nlp


def read(document: Document, nlp: Language) -> Doc:
    """What a pipeline makes of a document: a Doc of its body that knows when and in which country it was published."""
    doc = set_published(nlp.make_doc(document.body), document.published)
    return nlp(set_homeland(doc, document))
