"""Roles by way of a verb over the trigger: "hit X with a fine", "was fined and told to stop", "fined for blocking".

Labels are those of spaCy's English models (ClearNLP style); the roles are those of roles.py.
"""

from __future__ import annotations

from spacy.tokens import Token

from nlp.arguments import direct_role
from nlp.clauses import AIM, OBJECTS, PAST, SUBJECTS, bears, has_to, headline_passive, is_borne, is_struck
from nlp.sentences import STAND_INS

AIMED = AIM | {"upon", "to"}


def shared_role(trigger: Token, token: Token, lang: str) -> str:
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
    role = direct_role(verb, token, set(), lang) or _passed_on(verb, token, lang)
    if role == "object" and token.dep_ in SUBJECTS and not is_struck(verb, lang):
        role = "subject"
    if role == "subject" and is_borne(trigger, verb, lang):
        return "shared-object"
    if role == "object" and _acts_on_another(trigger):
        return ""
    if role in ("object", "subject"):
        return _inherited(trigger, verb, role, token, lang) or f"shared-{role}"
    if role in ("place", "upon") and below == trigger and trigger.dep_ in OBJECTS and token.head.lower_ in AIMED:
        return "upon"  # "opens a probe into X": the preposition hangs on the verb
    if not role and below == trigger and trigger.dep_ in SUBJECTS and _is_claimed(token, verb):
        return "shared-upon"
    return role and ("shared-subject" if role == "agent" else "shared-upon")


def _acts_on_another(trigger: Token) -> bool:
    """ "blocks X and says that it cut off Y": a verb with a platform of its own shares no other's."""
    own = (child for child in trigger.children if child.dep_ in OBJECTS)
    return trigger.pos_ == "VERB" and not has_to(trigger) and any(child.text == STAND_INS["platform"] for child in own)


def _passed_on(verb: Token, token: Token, lang: str) -> str:
    """The role in the middle verb of "was fined and ordered to stop"."""
    shares = verb.dep_ == "conj" and verb.head.pos_ == "VERB"
    role = _carried(verb, verb, verb.head, token, lang) if shares else ""
    return role if role in ("object", "subject") else ""


def _is_claimed(token: Token, verb: Token) -> bool:
    """ "X misled users, the lawsuit says"."""
    return token.dep_ in SUBJECTS and token.head.dep_ == "ccomp" and token.head.head == verb


def _inherited(trigger: Token, verb: Token, role: str, token: Token, lang: str) -> str:
    """The role in a verb that shares the arguments of the one above: "was fined and told", "ordered to"."""
    own = any(child.dep_ in SUBJECTS | {"nsubjpass"} for child in trigger.children)
    if trigger.pos_ not in ("VERB", "AUX") or own or verb not in (trigger.head, trigger.head.head):
        return ""
    bare = any(child.dep_ == "auxpass" for child in trigger.children) or (trigger.tag_ in PAST and not has_to(trigger))
    if trigger.dep_ == "pcomp":
        return "object" if bare or any(child.lower_ == "getting" for child in trigger.children) else "subject"
    if trigger.head != verb:
        return ""
    if trigger.dep_ == "conj":
        return _listed(trigger, role, token, lang)
    if trigger.dep_ == "advcl":
        return _adverbial(trigger, role, bare)
    if trigger.dep_ not in ("xcomp", "ccomp", "oprd", "dep"):
        return ""
    return "object" if bare else ("controlled" if role == "object" else "subject")


def _listed(trigger: Token, role: str, token: Token, lang: str) -> str:
    """ "was fined and told" shares its object, "was fined and faces" what stands before both, "lost and was fined"."""
    if role == "object" and (trigger.tag_ == "VBN" or headline_passive(trigger, lang)):
        return "object"
    if any(child.dep_ == "auxpass" for child in trigger.children):
        return "object" if role == "subject" else ""
    return "subject" if role == "subject" or token.dep_ in SUBJECTS | {"nsubjpass"} else ""


def _adverbial(trigger: Token, role: str, bare: bool) -> str:
    """ "Blocked in Y, X ...", "told X to remove"; a clause with its own conjunction shares nothing."""
    if role == "object":
        return "controlled" if has_to(trigger) and any(t.dep_ in OBJECTS for t in trigger.children) else ""
    return "object" if bare and role == "subject" else ""
