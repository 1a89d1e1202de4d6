"""How a name stands to a trigger in a dependency tree: acted upon, acting, or merely near.

Labels are those of spaCy's English models (ClearNLP style). The outcome speaks no language: a Role is one of
    object   what is acted on ("blocks X", "X was blocked", "X, blocked in ...")
    subject  who acts ("X blocks ...")
    agent    who acts, in a passive or a by-phrase
    of       a noun trigger's own name ("the X ban", "X's fine")
    upon     reached by a preposition of aim ("ban on X", "fine against X", "files charges against X")
    cause    by one of ground ("fined over X", "for")
    place    by one of medium ("on X", "through X") after a verb
    nested   inside the object ("access to X", "use of X", "X's servers")
    shared-object, shared-subject, shared-upon   an argument of the verb that carries the trigger ("hit X with a fine")
    controlled   told to do what the trigger says ("ordered X to remove", "X must remove")
    near     in the sentence, no more
    implicit not in the sentence at all: the platform last spoken of
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from nlp.clauses import NOMINAL, OBJECTS, PAST, SUBJECTS, bears, has_to, headline_passive, is_struck
from nlp.heads import is_one_of, stand_in
from nlp.lexicon import word_lists
from nlp.sentences import STAND_INS

UPON = frozenset({"on", "against", "to", "into", "of", "with", "at", "upon"})
AIM = frozenset({"on", "against", "into", "upon"})
CAUSE = frozenset({"for", "over", "about"})
TARGETS = ("object", "of", "shared-object", "upon", "nested", "controlled", "shared-subject")
"""Roles in which other countries of the sentence are worth a candidate of their own."""
ROLES = (*TARGETS, "shared-upon", "cause", "place", "near", "agent", "subject", "implicit")
"""Roles from the surest sign of a target to the surest sign of none."""


@dataclass(frozen=True, slots=True)
class Role:
    """A role, and what was passed on the way to the name (owner, thing, use, listed)."""

    name: str
    flags: frozenset[str] = frozenset()


def role_of(trigger: Token, name: Token, lang: str) -> Role:
    """The role of `name` with regard to `trigger`, both in one parsed sentence."""
    token, flags = stand_in(name, trigger, word_lists(lang, "actors"))
    role = _direct(trigger, token, flags, lang) or _shared(trigger, token, lang) or "near"
    if role == "object" and _is_deal(trigger, lang):
        flags.add("deal")
    return Role(role, frozenset(flags))


def _is_deal(trigger: Token, lang: str) -> bool:
    """ "blocks X from buying Y"."""
    ends = (end for prep in trigger.children if prep.lower_ == "from" for end in prep.children)
    return any(end.lemma_.lower() in word_lists(lang, "actors")["deal"] for end in ends)


def _direct(trigger: Token, token: Token, flags: set[str], lang: str) -> str:
    if token == trigger:
        return "of"
    if token.head == trigger:
        return _argument(trigger, token, lang)
    if token.dep_ == "pobj" and token.head.head == trigger:
        return _by_preposition(token.head, trigger)
    inner = _inside_object(trigger, token)
    if inner == "upon":
        return "upon"
    if inner:
        flags.add(inner)
        return "nested"
    if trigger.dep_ in ("acl", "relcl", "amod") and trigger.head == token:
        return _as_modifier(trigger)
    if token.dep_ in OBJECTS and token.head.dep_ == "acl" and token.head.head == trigger:
        return "upon"  # "orders targeting X"
    if token.dep_ in OBJECTS and _complements(token.head, trigger):
        flags.add("used")
        return "nested"
    return ""


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
    if word in CAUSE:
        return "cause"
    noun = trigger.pos_ in ("NOUN", "PROPN")
    return "upon" if word in UPON and (noun or word in ("to", "with", "against")) else "place"


def _inside_object(trigger: Token, token: Token) -> str:
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
        return "use" if token.head.lower_ in ("to", "of", "on", "for") else "other"
    return ""


def _as_modifier(trigger: Token) -> str:
    if trigger.dep_ == "relcl":
        passive = any(child.dep_ in ("nsubjpass", "auxpass") for child in trigger.children)
        own_subject = any(child.dep_ == "nsubj" and child.tag_ not in ("WDT", "WP") for child in trigger.children)
        return "object" if passive or own_subject else "subject"
    return "object" if trigger.tag_ in ("VBN", "VBD", "JJ") else "subject"


def _shared(trigger: Token, token: Token, lang: str) -> str:
    """The role that `token` has by way of a verb above the trigger; "" for none."""
    below = trigger
    for _ in range(5):
        verb = below.head
        if verb == below:
            return ""
        if verb == token:
            return "shared-object" if trigger.dep_ in ("acl", "relcl") or bears(verb, below, lang) else ""
        if verb.pos_ in ("VERB", "AUX") and (role := _carried(trigger, below, verb, token, lang)):
            return role
        below = verb
    return ""


def _carried(trigger: Token, below: Token, verb: Token, token: Token, lang: str) -> str:
    role = _direct(verb, token, set(), lang)
    if role == "object" and token.dep_ in SUBJECTS and not is_struck(verb, lang):
        role = "subject"
    if role == "subject" and bears(verb, below, lang):
        return "shared-object"
    if role in ("object", "subject"):
        return _inherited(trigger, below, role, lang) or f"shared-{role}"
    if role in ("place", "upon") and below == trigger and trigger.dep_ in OBJECTS and token.head.lower_ in AIM:
        return "upon"  # "opens a probe into X": the preposition hangs on the verb
    return role and ("shared-subject" if role == "agent" else "shared-upon")


def _inherited(trigger: Token, below: Token, role: str, lang: str) -> str:
    """The role in a verb that shares the arguments of the one above: "was fined and told", "ordered to"."""
    if below != trigger or trigger.pos_ != "VERB" or any(t.dep_ in SUBJECTS | {"nsubjpass"} for t in trigger.children):
        return ""
    passive = any(child.dep_ == "auxpass" for child in trigger.children)
    bare = passive or (trigger.tag_ in PAST and not has_to(trigger))
    if trigger.dep_ == "conj":
        return "object" if role == "object" and trigger.tag_ == "VBN" else ("subject" if role == "subject" else "")
    if trigger.dep_ == "advcl":
        return _adverbial(trigger, role, bare)
    if trigger.dep_ not in ("xcomp", "ccomp", "oprd"):
        return ""
    return "object" if bare else ("controlled" if role == "object" else "subject")


def _adverbial(trigger: Token, role: str, bare: bool) -> str:
    """ "Blocked in Y, X ...", "told X to remove"; a clause with its own conjunction shares nothing."""
    if role == "object":
        return "controlled" if has_to(trigger) and any(t.dep_ in OBJECTS for t in trigger.children) else ""
    return "object" if bare and role == "subject" else ""
