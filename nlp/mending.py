"""Repairs of a tree where a parser errs on what this house knows: which words are triggers, which are sums.

Labels are those of spaCy's English models (ClearNLP style).
"""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Doc, Token

from nlp.clauses import AIM
from nlp.sentences import STAND_INS, SUM


def mend(tree: Doc, triggers: Collection[int]) -> None:
    """Hangs what is aimed at on the noun that aims: "lifts ban on X" and "a ban by Y on X" have it elsewhere."""
    for place in triggers:
        noun = tree[place]
        preposition = _aim_after(noun)
        if preposition is not None and preposition.head != noun and noun.pos_ in ("NOUN", "PROPN"):
            preposition.head = noun


def mend_agents(tree: Doc) -> None:
    """Hangs "by Y" on the verb behind a sum, and a noun on "by": "to pay €5m by Y", "sued by Y watchdog"."""
    for by in tree:
        if by.lower_ == "by" and by.head.text == SUM and by.head.dep_ == "dobj":
            by.head = by.head.head
        if by.dep_ == "agent":
            _mend_agent(by)


def _mend_agent(by: Token) -> None:
    place = next((child for child in by.children if child.dep_ == "pobj"), None)
    noun = by.doc[place.i + 1] if place is not None and place.i + 1 < len(by.doc) else None
    if place is not None and noun is not None and noun.dep_ == "dobj" and noun.head == by.head:
        noun.head, noun.dep_, place.head, place.dep_ = by, "pobj", noun, "compound"


def mend_names(tree: Doc) -> None:
    """Makes a name what is acted on where a sum took it in: "fined Viber Iberia Limited €5m"."""
    for amount in tree:
        names = [child for child in amount.children if child.dep_ == "compound"]
        named = any(token.text == STAND_INS["platform"] for name in names for token in name.subtree)
        if amount.text != SUM or amount.dep_ != "dobj" or not named:
            continue
        names[-1].head, names[-1].dep_ = amount.head, "dative"
        for name in names[:-1]:
            name.head = names[-1]


def _aim_after(noun: Token) -> Token | None:
    """A preposition of aim right behind a noun, or behind its by-phrase."""
    doc, end = noun.doc, noun.i + 1
    if end < len(doc) and doc[end].lower_ == "by" and doc[end].head == noun:
        end = next((child.i for child in doc[end].children if child.dep_ == "pobj"), end) + 1
    return doc[end] if end < len(doc) and doc[end].dep_ == "prep" and doc[end].lower_ in AIM else None
