"""Roles without a verb between: what a name is to a trigger that stands over it, under it or beside it.

Labels are those of spaCy's English models (ClearNLP style); the roles are those of roles.py.
"""

from __future__ import annotations

from spacy.tokens import Token

from nlp.clauses import NOMINAL, OBJECTS, SUBJECTS, headline_passive
from nlp.heads import is_one_of
from nlp.lexicon import word_lists
from nlp.sentences import STAND_INS

UPON = frozenset({"on", "against", "to", "into", "of", "with", "at", "upon"})
CAUSE = frozenset({"for", "over", "about"})


def direct_role(trigger: Token, token: Token, flags: set[str], lang: str) -> str:
    """The role of `token` by its own place in the tree, "" for none; adds to `flags` what it passes."""
    if token == trigger:
        return "of"
    if token.head == trigger:
        return _argument(trigger, token, lang)
    if token.dep_ == "pobj" and (token.head.head == trigger or _is_joint(token.head.head, trigger)):
        return _by_preposition(token.head, trigger)
    inner = _inside_object(trigger, token, lang)
    if inner == "upon":
        return "upon"
    if inner:
        flags.add(inner)
        return "nested"
    if trigger.dep_ in ("acl", "relcl", "amod") and trigger.head == token:
        return _as_modifier(trigger)
    if token.dep_ in OBJECTS and token.head.dep_ == "acl" and token.head.head == trigger:
        return "upon"  # "orders targeting X"
    if token.dep_ in SUBJECTS | {"nsubjpass"} and _is_asked(token.head, trigger):
        return "upon"  # "investigates whether X misleads", "a probe into whether X misled"
    if token.dep_ in OBJECTS and _shares_object(token.head, trigger):
        return "object"
    if token.dep_ in OBJECTS and _complements(token.head, trigger):
        flags.add("used")
        return "nested"
    return ""


def _is_joint(noun: Token, trigger: Token) -> bool:
    """ "a probe or ban on X": what the last of joined nouns is aimed at, the first is too, where it has no aim."""
    aims = any(child.dep_ == "prep" for child in trigger.children)
    return noun.head == trigger and noun.dep_ == "conj" and noun.pos_ == "NOUN" == trigger.pos_ and not aims


def _shares_object(verb: Token, trigger: Token) -> bool:
    """ "bans and fines X": what the last of joined verbs acts on, the first does too, where it has no object."""
    own = any(child.dep_ in OBJECTS | {"prep", "xcomp", "ccomp"} for child in trigger.children)
    joined = verb.head == trigger and verb.dep_ == "conj" and verb.pos_ == "VERB" == trigger.pos_
    return joined and not own and not any(child.dep_ in SUBJECTS | {"mark"} for child in verb.children)


def _is_asked(verb: Token, trigger: Token) -> bool:
    marked = any(child.dep_ == "mark" and child.lower_ in ("whether", "if") for child in verb.children)
    return marked and verb.dep_ in ("ccomp", "pcomp") and trigger in (verb.head, verb.head.head)


def _complements(verb: Token, trigger: Token) -> bool:
    """ "banned from using X": the verb stands for what is forbidden or commanded."""
    above = [verb.head, verb.head.head, verb.head.head.head]
    return verb.dep_ in ("pcomp", "xcomp", "ccomp", "advcl") and trigger in above


def _argument(trigger: Token, token: Token, lang: str) -> str:
    if token.dep_ in OBJECTS:
        return "object"
    if token.dep_ in SUBJECTS:
        return "object" if headline_passive(trigger, lang) else "subject"
    if token.dep_ == "agent":
        return "agent"
    if token.dep_ == "poss" and _is_aimed_elsewhere(trigger, lang):
        return "subject"
    if token.dep_ in NOMINAL or token.dep_ in ("appos", "nsubjpass"):
        return "" if trigger.pos_ == "VERB" and _is_heading(token) else "of"
    return "object" if token.dep_ in ("oprd", "attr", "ccomp") else ""


def _is_heading(token: Token) -> bool:
    """ "X: Y fined for ..."."""
    return bool(token.doc[token.i + 1 : token.i + 2].text == ":")


def _is_aimed_elsewhere(noun: Token, lang: str) -> bool:
    """ "X's ban on news": with another target the owner is who acts, but for "X's ban on phones"."""
    words, platform = word_lists(lang, "actors"), STAND_INS["platform"]
    aims = [t for prep in noun.children if prep.lower_ in ("on", "of", "against") for t in prep.children]
    return any(t.dep_ == "pobj" and t.text != platform and not is_one_of(t, words["device"]) for t in aims)


def _by_preposition(preposition: Token, trigger: Token) -> str:
    word = preposition.lower_
    if preposition.dep_ == "agent" or word == "by":
        return "agent"
    noun = trigger.pos_ in ("NOUN", "PROPN")
    if word in CAUSE:
        return "upon" if noun and word == "for" else "cause"
    return "upon" if word in UPON and (noun or word in ("to", "with", "against")) else "place"


def _inside_object(trigger: Token, token: Token, lang: str) -> str:
    """ "blocked access to X", "banned the use of X": use, other or upon ("files charges against X"); "" for none."""
    if token.dep_ != "pobj":
        return ""
    noun, steps = token.head.head, 0
    while noun.dep_ in ("pobj", "conj", "nmod") and noun.head.pos_ in ("ADP", "NOUN") and steps < 3:
        if noun.head == trigger:
            break
        noun, steps = noun.head.head if noun.dep_ == "pobj" else noun.head, steps + 1
    if noun.head == trigger and noun.dep_ in OBJECTS | SUBJECTS | {"pobj", "nmod"}:
        if not steps and token.head.lower_ in ("against", "into"):
            return "upon"
        if any(child.dep_ == "poss" and child.text == STAND_INS["platform"] for child in noun.children):
            return "other"  # "probes X's use of Y": aimed at X
        used = token.head.lower_ in ("to", "of", "on", "for") or is_one_of(noun, word_lists(lang, "actors")["use"])
        return "use" if used else "other"
    return ""


def _as_modifier(trigger: Token) -> str:
    if trigger.dep_ == "relcl":
        passive = any(child.dep_ in ("nsubjpass", "auxpass") for child in trigger.children)
        own_subject = any(child.dep_ == "nsubj" and child.tag_ not in ("WDT", "WP") for child in trigger.children)
        return "object" if passive or own_subject else "subject"
    return "object" if trigger.tag_ in ("VBN", "VBD", "JJ") else "subject"
