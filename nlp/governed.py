"""What a trigger governs in a tree, and what governs it: a duty, a request, what is commanded, what is acted on."""

from __future__ import annotations

from spacy.tokens import Token

from nlp.clauses import NOMINAL, OBJECTS, SUBJECTS
from nlp.heads import is_one_of

CLAUSES = ("xcomp", "ccomp", "advcl", "acl", "relcl", "oprd")
VERBS = ("VERB", "AUX")
ACTIVE = ("VB", "VBG", "VBP", "VBZ")


def under_modal(modal: Token) -> Token:
    """The verb that a modal goes with: "must remove", "has to remove", "is required to remove"."""
    if modal.dep_ in ("aux", "auxpass"):
        return modal.head
    return next((child for child in modal.children if child.dep_ == "xcomp"), modal)


def mood_bearer(trigger: Token, modal: bool) -> Token:
    """The trigger, or the verb of duty above it: "has to remove"."""
    return trigger.head if modal and trigger.dep_ == "xcomp" else trigger


def at_behest(trigger: Token, behest: frozenset[str]) -> bool:
    """ "removed at the request of", "hid under orders": what a platform does because it must."""
    preps = [child for child in trigger.children if child.dep_ in ("prep", "advcl")]
    return any(is_one_of(token, behest) for prep in preps for token in prep.children if token.dep_ in ("pobj", "dobj"))


def commanded_by(trigger: Token) -> list[Token]:
    """The verbs that say what is commanded: "orders X to remove and to pay"."""
    below = [trigger, *(child for child in trigger.children if child.dep_ in OBJECTS)]
    found = [child for token in below for child in token.children if child.dep_ in CLAUSES and _is_infinitive(child)]
    return found + [child for verb in found for child in verb.children if child.dep_ == "conj"]


def _is_infinitive(verb: Token) -> bool:
    """ "orders X to be blocked", "orders X blocked"."""
    if verb.tag_ == "VB" or "Inf" in verb.morph.get("VerbForm", []):
        return True
    bare = not any(child.dep_ in ("aux", "auxpass", *SUBJECTS) for child in verb.children)
    return bare and verb.tag_ in ("VBD", "VBN") and verb.dep_ in ("ccomp", "oprd")


def acted_on(trigger: Token) -> list[Token]:
    """The words for what is acted on: objects, what a noun or participle is of, whom a result befalls."""
    found = [child for child in trigger.children if child.dep_ in OBJECTS | {"nmod", "xcomp"}]
    if not any(child.dep_ in OBJECTS for child in trigger.children):
        found += [child for child in trigger.children if child.dep_ == "nsubj"]
    preps = [child for child in trigger.children if child.dep_ == "prep"]
    found += [child for prep in preps if prep.lower_ == "of" for child in prep.children]
    found += [child for prep in preps if prep.lower_ == "from" for child in prep.children if child.dep_ == "pcomp"]
    if trigger.pos_ in ("NOUN", "PROPN"):
        found += [child for child in trigger.children if child.dep_ in NOMINAL]
    if trigger.dep_ in ("acl", "relcl", "amod") and trigger.tag_ not in ACTIVE:
        found.append(trigger.head)
    if trigger.dep_ in ("acomp", "oprd", "attr", "ccomp") and trigger.pos_ in ("ADJ", "ADV"):
        found += [child for child in trigger.head.children if child.dep_ in OBJECTS | {"nsubj"}]
    return found
