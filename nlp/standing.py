"""Where in its sentence a trigger stands: news is told on top, background below it."""

from __future__ import annotations

from nlp.clauses import NOMINAL, OBJECTS, SUBJECTS
from nlp.sentences import Sentence, Unit

WAYS = {
    "top": frozenset({"ROOT"}),
    "complement": frozenset({"ccomp", "xcomp", "oprd"}),
    "clause": frozenset({"relcl", "acl", "advcl", "pcomp"}),
    "phrase": frozenset({"pobj"}),
    "object": OBJECTS,
    "subject": SUBJECTS,
    "modifier": NOMINAL,
    "listed": frozenset({"conj", "appos"}),
}
"""Labels of a dependency tree by what they make of a word."""
BELOW = WAYS["clause"] | WAYS["phrase"]


def standing(sentence: Sentence, trigger: Unit) -> set[str]:
    """Names of features: what a trigger is in its sentence, and under how many verbs (2 at most are counted)."""
    token = sentence.token(trigger)
    above = list(token.ancestors)
    deep = min(sum(each.pos_ in ("VERB", "AUX") for each in above), 2)
    way = next((name for name, labels in WAYS.items() if token.dep_ in labels), "other")
    part = "sub" if any(each.dep_ in BELOW for each in (token, *above)) else "main"
    where = f"{part}-{'title' if sentence.title else 'body'}"
    return {f"way={way}", f"way={way}&deep={deep}", f"way={where}", f"way={where}&deep={deep}"}
