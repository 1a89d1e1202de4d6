"""What a verb of a dependency tree tells of its arguments: who is acted on, and who only bears what a noun tells.

Labels are those of spaCy's English models (ClearNLP style).
"""

from __future__ import annotations

from spacy.tokens import Token

from nlp.lexicon import word_lists
from nlp.sentences import SUM

OBJECTS = frozenset({"dobj", "nsubjpass", "dative", "obj"})
SUBJECTS = frozenset({"nsubj", "csubj"})
NOMINAL = frozenset({"compound", "poss", "nmod", "amod", "npadvmod"})
PAST = frozenset({"VBD", "VBN"})
AIM = frozenset({"on", "against", "into"})
"""Prepositions of what is aimed at."""


def headline_passive(verb: Token, lang: str) -> bool:
    """ "X banned from schools", "X told to pay": a past form with a subject and no object is a passive cut short."""
    if verb.tag_ not in PAST:
        return False
    objects = [child for child in verb.children if child.dep_ in ("dobj", "obj", "dative", "ccomp", "xcomp", "aux")]
    return all(_is_no_object(child, verb, lang) for child in objects)


def _is_no_object(child: Token, verb: Token, lang: str) -> bool:
    """A sum without a name is what it costs, not whom; what somebody is told to do is no object either."""
    commands = verb.lemma_.lower() in word_lists(lang, "actors")["command"]
    sum_alone = child.lower_ == SUM and not any(token.pos_ == "PROPN" for token in child.subtree)
    return sum_alone or (commands and child.dep_ == "xcomp" and has_to(child))


def is_struck(verb: Token, lang: str) -> bool:
    """Whether a verb that carries a noun is such a passive: "hit with a fine", but not "agreed after a fine"."""
    return verb.lemma_.lower() in word_lists(lang, "actors")["struck"] and headline_passive(verb, lang)


def is_passive(verb: Token, lang: str) -> bool:
    """Whether a verb has its object for a subject, told or not."""
    passive = any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children)
    return passive or (verb.tag_ == "VBN" and not _has_auxiliary(verb)) or headline_passive(verb, lang)


def _has_auxiliary(verb: Token) -> bool:
    return any(child.dep_ == "aux" for child in verb.children)


def has_to(verb: Token) -> bool:
    """Whether a verb stands with "to"."""
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)


def is_borne(trigger: Token, verb: Token, lang: str) -> bool:
    """Whether the subject of a verb above bears what a trigger tells, by that verb or one that shares its subject."""
    below, held = trigger, False
    while below.head != below:
        above = below.head
        held = bears(above, below, lang) or (held and _shares_subject(below, above))
        if above == verb:
            return held
        below = above
    return False


def _shares_subject(below: Token, above: Token) -> bool:
    """ "agreed to pay", "must answer or face"."""
    own = any(child.dep_ in SUBJECTS | {"nsubjpass"} for child in below.children)
    told = below.dep_ == "xcomp" and any(child.dep_ in OBJECTS for child in above.children)
    return below.dep_ in ("xcomp", "conj") and not own and not told


def bears(verb: Token, below: Token, lang: str) -> bool:
    """Whether the subject of `verb` suffers what `below` it tells: "faces a fine", "is under a ban", "is down"."""
    if below.dep_ == "attr":
        return below.lemma_.lower() in word_lists(lang, "actors")["midst"]
    if below.dep_ == "dobj":
        return verb.lemma_.lower() in word_lists(lang, "moods")["receive"] | word_lists(lang, "actors")["bound"]
    if below.dep_ == "prep" and verb.lemma_.lower() in word_lists(lang, "actors")["bound"]:
        return True
    if below.dep_ != "prep":
        return below.dep_ == "acomp"
    midst = word_lists(lang, "actors")["midst"]
    return below.lower_ == "under" or any(child.lemma_.lower() in midst for child in below.children)
