"""Repairs of a tree where a parser errs on what this house knows: which words are triggers, which are sums.

Labels are those of spaCy's English models (ClearNLP style).
"""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Doc, Token

from nlp.clauses import AIM
from nlp.sentences import STAND_INS, SUM

LOOSE = frozenset({"npadvmod", "dep", "appos", "conj", "dobj"})
"""How a parser hangs a name that it cannot place."""


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


def mend_lists(tree: Doc) -> None:
    """Joins a noun to the noun before "and" or the name before a comma, where a parser joins it to the verb.

    "Blocked a list of sites and apps", "sues X, Y over data".
    """
    for noun in tree:
        if _is_second_name(noun):
            noun.head, noun.dep_ = tree[noun.i - 2], "conj"
        if noun.dep_ != "conj" or noun.pos_ not in ("NOUN", "PROPN") or noun.head.pos_ not in ("VERB", "AUX"):
            continue
        joints = [child.i for child in noun.head.children if child.dep_ == "cc" and 0 < child.i < noun.i]
        before = tree[joints[-1] - 1] if joints else noun
        if before.pos_ in ("NOUN", "PROPN") and before != noun and noun.head.is_ancestor(before):
            noun.head = before


def _is_second_name(noun: Token) -> bool:
    """Whether a name hangs loose behind another and a comma, both after the verb."""
    if (
        noun.i < 2
        or noun.text != STAND_INS["platform"]
        or noun.dep_ not in ("npadvmod", "dep", "appos", "conj", "dobj")
    ):
        return False
    first, comma = noun.doc[noun.i - 2], noun.doc[noun.i - 1]
    aligned = first.text == noun.text and comma.text == "," and first.dep_ in ("pobj", "dobj", "conj", "nsubjpass")
    return aligned and noun.head.pos_ in ("VERB", "AUX") and noun.head.i < noun.i and noun.head != first


def mend_participles(tree: Doc, triggers: Collection[int]) -> None:
    """Gives a participle the name before it for its subject: "despite Y banning X", "with Y fining X"."""
    for place in triggers:
        verb, name = tree[place], tree[max(place - 1, 0)]
        if verb.tag_ != "VBG" or name.pos_ != "PROPN" or name.dep_ != "pobj" or name.head.lower_ in AIM:
            continue
        if verb.dep_ in ("advcl", "acl", "pcomp", "xcomp") and verb.i not in {token.i for token in name.head.ancestors}:
            verb.head, verb.dep_ = name.head, "pcomp"
            name.head, name.dep_ = verb, "nsubj"


def _aim_after(noun: Token) -> Token | None:
    """A preposition of aim right behind a noun, or behind its by-phrase."""
    doc, end = noun.doc, noun.i + 1
    if end < len(doc) and doc[end].lower_ == "by" and doc[end].head == noun:
        end = next((child.i for child in doc[end].children if child.dep_ == "pobj"), end) + 1
    return doc[end] if end < len(doc) and doc[end].dep_ == "prep" and doc[end].lower_ in AIM else None
