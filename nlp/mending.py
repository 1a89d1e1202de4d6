"""Repairs of a tree where a parser errs on what this house knows: which words are triggers, which are sums.

Labels are those of spaCy's English models (ClearNLP style).
"""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Doc, Token

AIM = frozenset({"on", "against", "into"})


def mend(tree: Doc, triggers: Collection[int]) -> None:
    """Hangs what is aimed at on the noun that aims: "lifts ban on X" and "a ban by Y on X" have it elsewhere."""
    for place in triggers:
        noun = tree[place]
        preposition = _aim_after(noun)
        if preposition is not None and preposition.head != noun and noun.pos_ in ("NOUN", "PROPN"):
            preposition.head = noun


def mend_agents(tree: Doc) -> None:
    """Hangs "by Y" on the verb where a sum stands between: "ordered to pay €5m by Y"."""
    for by in tree:
        if by.lower_ == "by" and by.head.text == "millions" and by.head.dep_ == "dobj":
            by.head = by.head.head


def _aim_after(noun: Token) -> Token | None:
    """A preposition of aim right behind a noun, or behind its by-phrase."""
    doc, end = noun.doc, noun.i + 1
    if end < len(doc) and doc[end].lower_ == "by" and doc[end].head == noun:
        end = next((child.i for child in doc[end].children if child.dep_ == "pobj"), end) + 1
    return doc[end] if end < len(doc) and doc[end].dep_ == "prep" and doc[end].lower_ in AIM else None
