"""What an act bears on: the kind of thing that a trigger acts on, or that suffers what a noun trigger tells.

Labels are those of spaCy's English models (ClearNLP style). The kinds speak no language.
"""

from __future__ import annotations

from spacy.tokens import Token

from nlp.clauses import NOMINAL, OBJECTS, bears, headline_passive, is_struck
from nlp.heads import HEADS, is_one_of, noun_class
from nlp.lexicon import word_lists
from nlp.sentences import Sentence

KINDS = ("platform", *HEADS, "private", "pronoun", "money", "else", "none")
"""What a trigger can act on, the most telling first: a platform, a class of nouns, people and companies, ..."""
AIMS = frozenset({"on", "against", "into", "of", "at"})
NOUNS = ("NOUN", "PROPN")
VERBS = ("VERB", "AUX")
UNAIMED = frozenset({"place", "authority", "money"})
"""Kinds of names that say who acts, or how much, not on what."""


def acts_on(trigger: Token, sentence: Sentence, lang: str) -> str:
    """What kind of thing is acted on; "none" where that is not told."""
    found = [child for child in trigger.children if child.dep_ in OBJECTS and child.i != trigger.i]
    found += [child for child in trigger.children if child.dep_ == "nsubj" and headline_passive(trigger, lang)]
    if trigger.pos_ not in VERBS:  # a parser may take "a fine" for an adjective
        found += _aims(trigger, sentence) or _bearers(trigger, lang)
    return min((_kind_of(token, sentence, lang) for token in found), key=KINDS.index, default="none")


def _aims(noun: Token, sentence: Sentence) -> list[Token]:
    """ "a ban on X", "a probe into its deal", "the X fine", "an entry ban"."""
    preps = [child for child in noun.children if child.dep_ == "prep" and child.lower_ in AIMS]
    aimed = [child for prep in preps for child in prep.children if child.dep_ == "pobj"]
    before = [child for child in noun.children if child.dep_ in NOMINAL - {"poss"} and child.pos_ in NOUNS]
    kept = [[token for token in found if sentence.units[token.i].kind not in UNAIMED] for found in (aimed, before)]
    return kept[0] or kept[1]


def _bearers(noun: Token, lang: str) -> list[Token]:
    """Who suffers it by the verb that carries it: "the man faces a fine", "hit with a fine", "hand X a fine"."""
    verb, below = noun.head, noun
    if verb.dep_ == "prep" or verb.pos_ == "ADP":
        verb, below = verb.head, verb
    if verb.pos_ not in VERBS:
        return []
    if bears(verb, below, lang) or is_struck(verb, lang):
        return [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
    given = [child for child in verb.children if child.dep_ in OBJECTS and child != noun]
    aimed = [child for child in verb.children if child.dep_ == "prep" and child.lower_ in AIMS and child != below]
    return given or [child for prep in aimed for child in prep.children if child.dep_ == "pobj"]


def _kind_of(token: Token, sentence: Sentence, lang: str) -> str:
    words, unit = word_lists(lang, "actors"), sentence.units[token.i].kind
    if unit in ("platform", "money"):
        return unit
    if found := noun_class(token, words):
        return found
    if token.pos_ == "PRON":
        return "pronoun"
    return "private" if is_one_of(token, words["private"]) else "else"
