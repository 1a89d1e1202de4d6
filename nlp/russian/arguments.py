"""Who does what to whom: the phrases of a clause become subject, object, agent and adjuncts of its verbs."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.russian.clauses import Clause
from nlp.russian.government import government
from nlp.russian.phrases import Phrase
from nlp.russian.subjects import is_passive, is_time, subject_of, suffers
from nlp.russian.words import Word


def fill(clause: Clause) -> None:
    """Attaches every free word of a clause to its verbs, or to its first noun where it has none."""
    verb = clause.verb
    if verb is None:
        return _without_verb(clause)
    _chain(clause, verb)
    _small_words(clause, verb)
    free = [phrase for phrase in clause.phrases if phrase.top.head is None and phrase.top is not clause.modifies]
    plain = [phrase for phrase in free if phrase.preposition is None]
    for phrase in free:
        if phrase.preposition is not None:
            before = next((p.head for p in reversed(clause.phrases) if p.last < phrase.first), None)
            _adjunct(_nearest(clause, phrase, verb), phrase.preposition, phrase.head, before)
    _cores(clause, verb, plain)
    for word in clause.words:
        if word.head is None and word is not verb:
            word.attach(verb, "dep")


def _adjunct(verb: Word, preposition: Word, noun: Word, before: Word | None) -> None:
    if before is not None and government().shown.get(preposition.lower) in ("including", "like"):
        preposition.attach(before, "prep")
    elif preposition.lower in government().target.get(verb.best.lemma, ()):
        noun.head = None
        noun.attach(verb, "dative")
        preposition.attach(noun, "case")
    else:
        preposition.attach(verb, "agent" if preposition.tag == "by" else "prep")


def _without_verb(clause: Clause) -> None:
    tops = [p for p in clause.phrases if p.top.head is None]
    root = next((p.head for p in tops if "nomn" in p.head.cases and not p.preposition), None)
    root = root or (tops[0].top if tops else clause.words[0])
    before: Word = root
    for phrase in tops:
        if phrase.top is not root:
            label = "prep" if phrase.preposition else "nmod" if "gent" in phrase.head.cases else "dep"
            phrase.top.attach(before if phrase.preposition and before.index < phrase.first else root, label)
    for word in clause.words:
        if word.head is None and word is not root:
            word.attach(root, "neg" if word.lower in ("не", "нет") else "dep")


def _chain(clause: Clause, verb: Word) -> None:
    """Infinitives hang on the verb or noun before them; "быть" and "будет" are auxiliaries."""
    for i, word in enumerate(clause.verbs):
        if word is verb:
            continue
        before = clause.verbs[i - 1] if i else verb
        noun = next((p.head for p in clause.phrases if p.last == word.index - 1), None)
        if word.is_auxiliary or (verb.kind == "short" and word.best.lemma in government().modal):
            word.attach(verb, "aux")
            verb.tense = word.best.tense if word.kind == "finite" and word.is_auxiliary else "none"
        elif word.kind == "infinitive" and noun is not None and noun.best.lemma in government().infinitive:
            word.attach(noun, "acl")
        else:
            word.attach(before if before.head is not word else verb, "xcomp" if word.kind == "infinitive" else "conj")


def _small_words(clause: Clause, verb: Word) -> None:
    """Negation and adverbs hang on the verb that follows them, else on the main one."""
    for word in clause.words:
        if (
            word.head is None
            and word.kind in ("particle", "adverb", "conjunction", "number")
            and word not in clause.verbs
        ):
            after = next((v for v in clause.verbs if v.index > word.index), verb)
            negation = word.lower in ("не", "ни")
            label = "neg" if negation else "mark" if word is clause.marker else "advmod"
            word.attach(after if negation or word.index + 1 == after.index else verb, label)


def _nearest(clause: Clause, phrase: Phrase, verb: Word) -> Word:
    """The last verb before a phrase: "может оштрафовать X" gives X to the infinitive."""
    before = [v for v in clause.verbs if v.index < phrase.first]
    return before[-1] if before else verb


def _cores(clause: Clause, verb: Word, plain: Sequence[Phrase]) -> None:
    subject = subject_of(verb, plain, clause)
    if subject is not None:
        subject.head.attach(verb, "nsubjpass" if is_passive(verb) or suffers(verb, clause) else "nsubj")
        subject.head.narrow("nomn")
    for phrase in plain:
        if phrase is not subject:
            _complement(_governor(clause, phrase, verb), phrase.head, subject is not None)


def _governor(clause: Clause, phrase: Phrase, verb: Word) -> Word:
    """The verb that takes a phrase as an object: of a modal verb, its infinitive."""
    nearest = _nearest(clause, phrase, verb)
    dative = nearest.best.lemma in government().dative and "datv" in phrase.head.cases
    if nearest.best.lemma in government().modal and not dative and phrase.first < nearest.index:
        return next((v for v in clause.verbs if v.label == "xcomp" and v.head is nearest), nearest)
    return nearest


def _complement(verb: Word, noun: Word, has_subject: bool) -> None:
    """Labels a plain phrase that is no subject by its case."""
    cases, lemma = noun.cases, verb.best.lemma
    if is_time(noun):
        noun.attach(verb, "tmod")
        return
    anything = len(cases) >= 5
    if "datv" in cases and (lemma in government().dative or not anything) and not ("accs" in cases and not anything):
        label = "dative"
    elif _is_object(verb, cases):
        label = "dobj"
    elif "ablt" in cases:
        label = "agent" if is_passive(verb) and lemma not in government().naming else "obl"
    elif "nomn" in cases and not has_subject and is_passive(verb):
        label = "nsubjpass"
    else:
        label = "dep"
    if label == "dobj":
        verb.flags.add("dobj")
    noun.attach(verb, label)


def _is_object(verb: Word, cases: set[str]) -> bool:
    """In the accusative of a verb that takes one and has none yet; in the genitive of some verbs and behind "не"."""
    if "gent" in cases and (verb.best.lemma in government().genitive or "negated" in verb.flags):
        return True
    takes = "dobj" not in verb.flags and not is_passive(verb) and (verb.best.transitive or len(cases) >= 5)
    return takes and "accs" in cases
