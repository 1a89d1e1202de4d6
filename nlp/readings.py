"""Which action a trigger tells: the entries of its words whose conditions hold, for every place of a sentence.

What a word acts on picks its reading: "blocks" of a site is a block, of a video a takedown, of a law a restore. A word
that commands ("orders Google to remove the videos") tells no more than what it commands, where that is a trigger too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Token

from nlp.clauses import NOMINAL, OBJECTS
from nlp.lexicon import Entry
from nlp.sentences import Sentence

CLAUSES = ("xcomp", "ccomp", "advcl", "acl", "relcl", "oprd")
COMMAND = "order"
VERBS = ("VERB", "AUX")
Objects = dict[str, tuple[Token, ...]]


@dataclass(frozen=True, slots=True)
class Reading:
    """An entry that holds.

    `through` is what it acts on by its `object`, `bound` whether its verb puts a duty on its subject, and `mood_of` the
    word whose mood counts: what is ordered has the mood of the order.
    """

    entry: Entry
    mood_of: Token
    through: tuple[Token, ...] = ()
    bound: bool = False


Readings = dict[int, list[Reading]]
"""By the unit index of the trigger; none is empty."""


def readings_of(sentence: Sentence) -> Readings:
    """The readings of each trigger of a sentence."""
    said, readings = _said(sentence), Readings()
    for place, entries in _by_place(sentence).items():
        held = _held(sentence.doc[place], entries, sentence, said)
        if held:
            readings[place] = held
    return _without_commands(readings, sentence)


def _without_commands(readings: Readings, sentence: Sentence) -> Readings:
    """Drops a command that only says again what all that it commands tells, and lends that its mood."""
    kept = dict(readings)
    for place, held in readings.items():
        commanded = _commanded(sentence.doc[place])
        if any(reading.entry.action == COMMAND for reading in held) and commanded:
            for token in commanded:
                kept[token.i] = [replace(each, mood_of=sentence.doc[place]) for each in kept.get(token.i, [])]
            if all(token.i in readings for token in commanded):
                kept[place] = _uncommanded(held)
    return {place: held for place, held in kept.items() if held}


def _uncommanded(held: list[Reading]) -> list[Reading]:
    return [reading for reading in held if reading.entry.action != COMMAND]


def _by_place(sentence: Sentence) -> dict[int, list[Entry]]:
    places: dict[int, list[Entry]] = {}
    for place, entry in sentence.triggers:
        token = _governed(sentence.doc[place]) if entry.pos == "modal" else sentence.doc[place]
        places.setdefault(token.i, []).append(entry)
    return places


def _governed(modal: Token) -> Token:
    """The verb that a modal goes with: "must remove", "has to remove", "is required to remove"."""
    if modal.dep_ in ("aux", "auxpass"):
        return modal.head
    return next((child for child in modal.children if child.dep_ == "xcomp"), modal)


def _said(sentence: Sentence) -> tuple[set[str], str]:
    """The words, lemmas and kinds of units that a sentence holds, and its text, all in lower case."""
    words = {unit.text.lower() for unit in sentence.units} | {token.lemma_.lower() for token in sentence.doc}
    return words | {f"<{unit.kind}>" for unit in sentence.units}, " ".join(unit.text.lower() for unit in sentence.units)


def _held(trigger: Token, entries: list[Entry], sentence: Sentence, said: tuple[set[str], str]) -> list[Reading]:
    """The readings whose conditions hold, one an action; one that names what it acts on beats those that do not."""
    objects = _objects(trigger, sentence)
    found = [entry for entry in entries if _stands(entry, trigger, objects, said)]
    acting = [entry for entry in found if entry.object & objects.keys()]
    pos = "verb" if trigger.pos_ in VERBS else "noun"
    chosen = sorted(acting or [entry for entry in found if not entry.object], key=lambda entry: entry.pos != pos)
    bound = any(entry.pos == "modal" for entry in entries)
    readings = {
        entry.action: Reading(entry, _mood_of(trigger, bound), _through(entry, objects), bound)
        for entry in reversed(chosen)
    }
    told = _uncommanded(list(readings.values())) if bound else []
    return told or list(readings.values())


def _mood_of(trigger: Token, bound: bool) -> Token:
    """The trigger, or the verb of duty above it: "has to remove"."""
    return trigger.head if bound and trigger.dep_ == "xcomp" else trigger


def _through(entry: Entry, objects: Objects) -> tuple[Token, ...]:
    return tuple(token for word in sorted(entry.object & objects.keys()) for token in objects[word])


def _stands(entry: Entry, trigger: Token, objects: Objects, said: tuple[set[str], str]) -> bool:
    if entry.pos == "middle" and trigger.pos_ not in VERBS:
        return False
    return (
        (not entry.needs or _holds(entry.needs, *said))
        and not _holds(entry.unless, *said)
        and not entry.spares & objects.keys()
    )


def _holds(needs: frozenset[str], words: set[str], text: str) -> bool:
    return bool(needs & words) or any(" " in need and need in text for need in needs)


def _commanded(trigger: Token) -> list[Token]:
    """The verbs that say what is commanded: "orders X to remove and to pay"."""
    below = [trigger, *(child for child in trigger.children if child.dep_ in OBJECTS)]
    found = [child for token in below for child in token.children if child.dep_ in CLAUSES and _is_infinitive(child)]
    return found + [child for verb in found for child in verb.children if child.dep_ == "conj"]


def _is_infinitive(verb: Token) -> bool:
    return verb.tag_ == "VB" or "Inf" in verb.morph.get("VerbForm", [])


def _objects(trigger: Token, sentence: Sentence) -> Objects:
    """What is acted on, by word, lemma and kind; kinds, `<to>` for an infinitive among them, hold no tokens."""
    found = _acted_on(trigger)
    found += [child for token in found for child in token.children if child.dep_ == "conj"]
    objects: Objects = {f"<{sentence.units[token.i].kind}>": () for token in found}
    for token in found:
        for word in {token.lemma_.lower(), token.lower_}:
            objects[word] = (*objects.get(word, ()), token)
    return objects | ({"<to>": ()} if _commanded(trigger) else {})


def _acted_on(trigger: Token) -> list[Token]:
    found = [child for child in trigger.children if child.dep_ in OBJECTS | {"nmod", "xcomp"}]
    if not any(child.dep_ in OBJECTS for child in trigger.children):
        found += [child for child in trigger.children if child.dep_ == "nsubj"]
    preps = [child for child in trigger.children if child.dep_ == "prep"]
    found += [child for prep in preps if prep.lower_ == "of" for child in prep.children]
    found += [child for prep in preps if prep.lower_ == "from" for child in prep.children if child.dep_ == "pcomp"]
    if trigger.pos_ in ("NOUN", "PROPN"):
        found += [child for child in trigger.children if child.dep_ in NOMINAL]
    if trigger.dep_ in ("acl", "relcl", "amod") and trigger.tag_ != "VBG":
        found.append(trigger.head)
    if trigger.dep_ in ("acomp", "oprd", "attr", "ccomp") and trigger.pos_ in ("ADJ", "ADV"):
        found += [child for child in trigger.head.children if child.dep_ in OBJECTS | {"nsubj"}]
    return found
