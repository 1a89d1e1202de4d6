"""Which action a trigger tells: the entries of its words whose conditions hold, for every place of a sentence.

What a word acts on picks its reading: "blocks" of a site is a block, of a video a takedown, of a law a restore. A word
that commands ("orders Google to remove the videos") tells no more than what it commands, where that is a trigger too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Token

from nlp.governed import VERBS, acted_on, at_behest, commanded_by, mood_bearer, under_modal
from nlp.lexicon import Entry, word_lists
from nlp.sentences import Sentence

COMMAND = "order"
COMPLIANCE = frozenset({"block", "throttle", "removal", "takedown"})
"""What a platform may do itself because an authority wants it."""
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


def readings_of(sentence: Sentence, lang: str) -> Readings:
    """The readings of each trigger of a sentence."""
    said, readings, behest = _said(sentence), Readings(), word_lists(lang, "actors")["behest"]
    for place, entries in _by_place(sentence).items():
        trigger = sentence.doc[place]
        modal, told_to = any(entry.pos == "modal" for entry in entries), at_behest(trigger, behest)
        held = [
            replace(reading, bound=modal or (told_to and reading.entry.action in COMPLIANCE))
            for reading in _held(trigger, entries, sentence, said)
        ]
        if held:
            readings[place] = held
    return _without_commands(readings, sentence)


def _without_commands(readings: Readings, sentence: Sentence) -> Readings:
    """Drops a command that only says again what all that it commands tells, and lends that its mood."""
    kept = dict(readings)
    for place, held in readings.items():
        commanded = commanded_by(sentence.doc[place])
        if any(reading.entry.action == COMMAND for reading in held) and commanded:
            for token in [*commanded, *_acted_through(commanded, readings)]:
                kept[token.i] = [replace(each, mood_of=sentence.doc[place]) for each in kept.get(token.i, [])]
            if all(token.i in readings for token in commanded):
                kept[place] = _uncommanded(held)
    return {place: held for place, held in kept.items() if held}


def _acted_through(verbs: list[Token], readings: Readings) -> list[Token]:
    """What verbs act on by their readings: "to pay a fine" tells the fine twice."""
    return [token for verb in verbs for reading in readings.get(verb.i, []) for token in reading.through]


def _uncommanded(held: list[Reading]) -> list[Reading]:
    return [reading for reading in held if reading.entry.action != COMMAND]


def _by_place(sentence: Sentence) -> dict[int, list[Entry]]:
    places: dict[int, list[Entry]] = {}
    for place, entry in sentence.triggers:
        token = under_modal(sentence.doc[place]) if entry.pos == "modal" else sentence.doc[place]
        places.setdefault(token.i, []).append(entry)
    return places


def _said(sentence: Sentence) -> tuple[set[str], str]:
    """The words, lemmas and kinds of units that a sentence holds, and its text, all in lower case."""
    kinds = {f"<{unit.kind}>" for unit in sentence.units}
    return sentence.said | kinds, " ".join(unit.text.lower() for unit in sentence.units)


def _held(trigger: Token, entries: list[Entry], sentence: Sentence, said: tuple[set[str], str]) -> list[Reading]:
    """The readings whose conditions hold, one an action; one that names what it acts on beats those that do not."""
    objects = _objects(trigger, sentence)
    found = [entry for entry in entries if _stands(entry, trigger, objects, said)]
    acting = [entry for entry in found if entry.object & objects.keys()]
    pos = "verb" if trigger.pos_ in VERBS else "noun"
    chosen = sorted(acting or [entry for entry in found if not entry.object], key=lambda entry: entry.pos != pos)
    modal = any(entry.pos == "modal" for entry in entries)
    mood = mood_bearer(trigger, modal)
    readings = {entry.action: Reading(entry, mood, _through(entry, objects)) for entry in reversed(chosen)}
    told = _uncommanded(list(readings.values())) if modal else []
    return told or list(readings.values())


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


def _objects(trigger: Token, sentence: Sentence) -> Objects:
    """What is acted on, by word, lemma and kind; kinds, `<to>` for an infinitive among them, hold no tokens."""
    found = acted_on(trigger)
    found += [child for token in found for child in token.children if child.dep_ == "conj"]
    objects: Objects = {f"<{sentence.units[token.i].kind}>": () for token in found}
    for token in found:
        for word in {token.lemma_.lower(), token.lower_}:
            objects[word] = (*objects.get(word, ()), token)
    return objects | ({"<to>": ()} if commanded_by(trigger) else {})
