"""How a name stands to a trigger in a dependency tree: acted upon, acting, or merely near.

Labels are those of spaCy's English models (ClearNLP style). The outcome speaks no language: a Role is one of
    object   what is acted on ("blocks X", "X was blocked", "X, blocked in ...")
    subject  who acts ("X blocks ...")
    agent    who acts, in a passive or a by-phrase
    of       a noun trigger's own name ("the X ban", "X's fine")
    upon     reached by a preposition of aim ("ban on X", "fine against X")
    cause    by one of ground ("fined over X", "for")
    place    by one of medium ("on X", "through X") after a verb
    nested   inside the object ("access to X", "use of X", "X's servers")
    shared-object, shared-subject, shared-upon   an argument of the verb that carries the trigger ("hit X with a fine")
    controlled   told to do what the trigger says ("ordered X to remove")
    near     in the sentence, no more
    implicit not in the sentence at all: the platform last spoken of
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from nlp.lexicon import word_lists
from nlp.sentences import STAND_INS

OBJECTS = frozenset({"dobj", "nsubjpass", "dative", "obj"})
SUBJECTS = frozenset({"nsubj", "csubj"})
NOMINAL = frozenset({"compound", "poss", "nmod", "amod", "npadvmod"})
UPON = frozenset({"on", "against", "to", "into", "of", "with", "at", "upon"})
CAUSE = frozenset({"for", "over", "about"})
TARGETS = ("object", "of", "shared-object", "upon", "nested", "controlled", "shared-subject")
"""Roles in which other countries of the sentence are worth a candidate of their own."""
ROLES = (*TARGETS, "shared-upon", "cause", "place", "near", "agent", "subject", "implicit")
"""Roles from the surest sign of a target to the surest sign of none."""
HEADS = ("owner", "service", "deal", "device", "thing", "use")
"""Classes of nouns (actors.yaml) that a name may modify."""
MEMBER = frozenset({"including", "like", "as", "such"})


@dataclass(frozen=True, slots=True)
class Role:
    """A role, and what was passed on the way to the name (owner, thing, use, listed)."""

    name: str
    flags: frozenset[str] = frozenset()


def role_of(trigger: Token, name: Token, lang: str) -> Role:
    """The role of `name` with regard to `trigger`, both in one parsed sentence."""
    token, flags = _stand_in(name, trigger, word_lists(lang, "actors"))
    return Role(_direct(trigger, token, flags) or _shared(trigger, token) or "near", frozenset(flags))


def is_one_of(token: Token, words: frozenset[str]) -> bool:
    """Whether a list of lower-case words holds a token, as its lemma or as it stands."""
    return token.lemma_.lower() in words or token.lower_ in words


def noun_class(token: Token, words: dict[str, frozenset[str]]) -> str:
    """The class of nouns of HEADS that a token is of; "" for none. `words` are the lists of actors.yaml."""
    return next((kind for kind in HEADS if is_one_of(token, words[kind])), "")


def _stand_in(name: Token, trigger: Token, words: dict[str, frozenset[str]]) -> tuple[Token, set[str]]:
    """Climbs from a name to the word that holds its place: first of a list, "app" in "the X app"."""
    token, flags = name, set[str]()
    for _ in range(6):
        head = token.head
        if head in (token, trigger) or trigger == token:
            break
        if token.dep_ in ("conj", "appos") and head.pos_ in ("NOUN", "PROPN", "X"):
            flags.add("listed" if token.dep_ == "conj" else "named")
        elif token.dep_ in NOMINAL and head.pos_ in ("NOUN", "PROPN"):
            flags.add(_modified(token, words))
        elif token.dep_ == "pobj" and head.lower_ in MEMBER and head.head.pos_ in ("NOUN", "PROPN", "ADP"):
            token = head if head.head.pos_ != "ADP" else head.head
            head = token.head
            flags.add("listed")
        else:
            break
        token = head
    return token, flags


def _modified(name: Token, words: dict[str, frozenset[str]]) -> str:
    """The class of the noun that a name modifies; owner where another platform is it, or names it: "X's Y service"."""
    platform, head = STAND_INS["platform"], name.head
    between = (child.text for child in head.lefts if child.i > name.i and child.dep_ in NOMINAL)
    return "owner" if platform in (head.text, *between) else noun_class(head, words) or "other"


def _direct(trigger: Token, token: Token, flags: set[str]) -> str:
    if token == trigger:
        return "of"
    if token.head == trigger:
        return _argument(trigger, token)
    if token.dep_ == "pobj" and token.head.head == trigger:
        return _by_preposition(token.head, trigger)
    inner = _inside_object(trigger, token)
    if inner:
        flags.add(inner)
        return "nested"
    if trigger.dep_ in ("acl", "relcl", "amod") and trigger.head == token:
        return _as_modifier(trigger)
    if token.dep_ in OBJECTS and _complements(token.head, trigger):
        flags.add("used")
        return "nested"
    return ""


def _complements(verb: Token, trigger: Token) -> bool:
    """ "banned from using X": the verb stands for what is forbidden or commanded."""
    above = [verb.head, verb.head.head, verb.head.head.head]
    return verb.dep_ in ("pcomp", "xcomp", "ccomp", "advcl") and trigger in above


def _argument(trigger: Token, token: Token) -> str:
    if token.dep_ in OBJECTS:
        return "object"
    if token.dep_ in SUBJECTS:
        return "object" if headline_passive(trigger) else "subject"
    if token.dep_ == "agent":
        return "agent"
    if token.dep_ in NOMINAL or token.dep_ in ("appos", "nsubjpass"):
        return "of"
    return "object" if token.dep_ in ("oprd", "attr", "ccomp") else ""


def headline_passive(verb: Token) -> bool:
    """ "Google banned from schools": a past form with a subject and nothing that it acts on is a passive cut short."""
    if verb.tag_ not in ("VBD", "VBN"):
        return False
    objects = [child for child in verb.children if child.dep_ in ("dobj", "obj", "dative", "ccomp", "xcomp", "aux")]
    return all(child.lower_ == "millions" for child in objects)  # "X fined €5m": a sum is what it costs, not whom


def _by_preposition(preposition: Token, trigger: Token) -> str:
    word = preposition.lower_
    if preposition.dep_ == "agent" or word == "by":
        return "agent"
    if word in CAUSE:
        return "cause"
    noun = trigger.pos_ in ("NOUN", "PROPN")
    return "upon" if word in UPON and (noun or word in ("to", "with", "against")) else "place"


def _inside_object(trigger: Token, token: Token) -> str:
    """ "blocked access to X", "banned the use of X": the object's lemma, or "" where there is none."""
    if token.dep_ != "pobj":
        return ""
    noun, steps = token.head.head, 0
    while noun.dep_ in ("pobj", "conj", "nmod") and noun.head.pos_ in ("ADP", "NOUN") and steps < 3:
        if noun.head == trigger:
            break
        noun, steps = noun.head.head if noun.dep_ == "pobj" else noun.head, steps + 1
    if noun.head == trigger and noun.dep_ in OBJECTS | SUBJECTS | {"pobj", "nmod"}:
        return "use" if token.head.lower_ in ("to", "of", "on", "for") else "other"
    return ""


def _as_modifier(trigger: Token) -> str:
    if trigger.dep_ == "relcl":
        passive = any(child.dep_ in ("nsubjpass", "auxpass") for child in trigger.children)
        own_subject = any(child.dep_ == "nsubj" and child.tag_ not in ("WDT", "WP") for child in trigger.children)
        return "object" if passive or own_subject else "subject"
    return "object" if trigger.tag_ in ("VBN", "VBD", "JJ") else "subject"


def _shared(trigger: Token, token: Token) -> str:
    """The role that `token` has by way of a verb above the trigger; "" for none."""
    below = trigger
    for _ in range(5):
        verb = below.head
        if verb == below:
            return ""
        if verb == token:
            return "shared-object" if trigger.dep_ in ("acl", "relcl") else ""
        role = _direct(verb, token, set()) if verb.pos_ in ("VERB", "AUX") else ""
        if role in ("object", "subject"):
            return _inherited(trigger, below, role) or f"shared-{role}"
        if role:
            return "shared-subject" if role == "agent" else "shared-upon"
        below = verb
    return ""


def _inherited(trigger: Token, below: Token, role: str) -> str:
    """The role in a verb that shares the arguments of the one above: "was fined and told", "ordered to"."""
    if below != trigger or trigger.pos_ != "VERB" or any(child.dep_ in SUBJECTS for child in trigger.children):
        return ""
    passive = any(child.dep_ == "auxpass" for child in trigger.children)
    if trigger.dep_ == "conj":
        return "object" if role == "object" and trigger.tag_ == "VBN" else ("subject" if role == "subject" else "")
    if trigger.dep_ not in ("xcomp", "ccomp", "oprd"):
        return ""
    return "object" if passive else ("controlled" if role == "object" else "subject")
