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

from nlp.arguments import direct_role
from nlp.heads import stand_in
from nlp.lexicon import word_lists
from nlp.sharing import shared_role

TARGETS = ("object", "of", "shared-object", "upon", "nested", "controlled", "shared-subject")
"""Roles in which other countries of the sentence are worth a candidate of their own."""
TARGETED = frozenset(TARGETS) - {"shared-subject"}
"""Roles of a platform at which an act is surely aimed."""
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
    role = direct_role(trigger, token, flags, lang) or shared_role(trigger, token, lang) or "near"
    if role == "object" and _is_deal(trigger, lang):
        flags.add("deal")
    return Role(role, frozenset(flags))


def _is_deal(trigger: Token, lang: str) -> bool:
    """ "blocks X from buying Y"."""
    ends = (end for prep in trigger.children if prep.lower_ == "from" for end in prep.children)
    return any(end.lemma_.lower() in word_lists(lang, "actors")["deal"] for end in ends)
