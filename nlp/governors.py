"""What bears on whether an act happened: the words that its trigger hangs on, as far as their sense reaches.

A verb of planning bears on what is planned, a verb of saying on what is said. A clause with a finite verb of its own
that only modifies ("Telegram, which was blocked in May, may …") takes no mood from above, and of two joined verbs
neither governs the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

STEPS = 7
MODIFYING = ("relcl", "acl", "advcl", "parataxis")
FINITE = ("VBD", "VBZ", "VBP", "MD")
MODIFIERS = ("aux", "neg", "advmod", "mark", "amod", "det", "prep", "compound", "acomp", "prt", "preconj")


@dataclass(frozen=True, slots=True)
class Step:
    """A word on the way up: whether it governs what is below, or only shares its modifiers, or not even these."""

    token: Token
    governs: bool
    shares: bool = True

    @property
    def words(self) -> Iterator[Token]:
        """The word, where it governs, and its modifiers."""
        if self.governs:
            yield self.token
        if self.shares:
            yield from (child for child in self.token.children if child.dep_ in MODIFIERS)


def steps(trigger: Token) -> list[Step]:
    """The trigger and what bears on it, nearest first; the trigger governs nothing."""
    found, token = [Step(trigger, governs=False)], trigger
    while len(found) < STEPS and token.head != token and not is_modifying(token):
        joined = token.dep_ == "conj"
        found.append(Step(token.head, governs=not joined, shares=not (joined and is_finite(token))))
        token = token.head
    return found


def is_finite(verb: Token) -> bool:
    """Whether a verb has a tense of its own, or its auxiliary has."""
    if verb.tag_ in FINITE or "Fin" in verb.morph.get("VerbForm", []):
        return True
    return any(child.dep_ in ("aux", "auxpass") and child.tag_ in FINITE for child in verb.children)


def is_modifying(verb: Token) -> bool:
    """Whether a verb heads a clause that modifies: finite, or a participle of the passive."""
    return verb.dep_ in MODIFYING and (is_finite(verb) or verb.tag_ == "VBN")
