"""Which phrase of a clause is its verb's subject, and whether it acts or suffers."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.russian.clauses import Clause
from nlp.russian.government import government
from nlp.russian.phrases import Phrase
from nlp.russian.readings import Reading
from nlp.russian.words import Word


def subject_of(verb: Word, plain: Sequence[Phrase], clause: Clause) -> Phrase | None:
    """The likeliest of the phrases without preposition that agree with the verb; None where nobody is told."""
    form = next((v.best for v in (verb, *clause.verbs) if v.kind in ("finite", "short")), None)
    if form is None or verb.kind in ("gerund", "participle"):
        return None
    fitting = [p for p in plain if "nomn" in p.head.cases and _agrees_with(form, p, clause) and not is_time(p.head)]
    if verb.best.transitive:
        fitting = [p for p in fitting if p.head.unit.kind != "money"]
    if (
        form.number == "plur"
        and verb.best.transitive
        and not any("accs" in p.head.cases for p in plain if p not in fitting)
    ):
        # "X и Y заблокировали": nobody is named who did, and names are no doers of what is done to them.
        fitting = [p for p in fitting if p.head.unit.kind != "platform"]
    return max(fitting, key=lambda p: _likeness_to_subject(verb, p), default=None)


def is_passive(verb: Word) -> bool:
    """A short participle, or an imperfective form in -ся ("блокируется"); perfective ones act ("отказался")."""
    if verb.kind in ("short", "participle"):
        return verb.best.passive or verb.kind == "short"
    return "reflexive" in verb.flags


def suffers(verb: Word, clause: Clause) -> bool:
    """Whether what the verb, or the infinitive of a modal one, tells befalls its subject: "X может получить"."""
    below = [v for v in clause.verbs if v.head is verb and v.label == "xcomp" and verb.best.lemma in government().modal]
    return any(v.best.lemma in government().undergo for v in (verb, *below))


def is_time(noun: Word) -> bool:
    """ "В четверг", "4 марта": no subject and no object."""
    return noun.best.lemma in government().times


def _agrees_with(form: Reading, phrase: Phrase, clause: Clause) -> bool:
    listed = any(p.top.head is phrase.head and p.top.label == "conj" for p in clause.phrases)
    nominative = [r for r in phrase.head.readings if r.case == "nomn"]
    if form.number == "plur":
        return listed or any(r.number in ("plur", "") and phrase.head.unit.kind != "platform" for r in nominative)
    same = [r for r in nominative if r.number != "plur" or phrase.head.unit.kind]
    return any(not (r.gender and form.gender) or r.gender == form.gender for r in same)


def _likeness_to_subject(verb: Word, phrase: Phrase) -> tuple[int, bool, bool, int]:
    head = phrase.head
    sure = "accs" not in head.cases
    acts = (
        2 if head.unit.kind in ("authority", "place") or head.best.animate else 0 if head.unit.kind == "platform" else 1
    )
    passive = is_passive(verb) or not verb.best.transitive or verb.best.lemma in government().undergo
    dative = verb.best.lemma in government().dative and head.unit.kind == "platform"
    return 0 if passive else acts, sure and not dative, head.index < verb.index, -abs(head.index - verb.index)
