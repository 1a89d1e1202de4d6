"""Words that may tell an action: `doc.spans["triggers"]`, a span an entry and place, labelled with the action.

Spans may overlap: "blocks" may cut access, take accounts down or stop a law, and frames.py picks the reading.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span

from nlp.inflection import head_is_last, inflect
from nlp.lexicon import Entry, trigger_entries


class Triggers:
    """Matches every inflected form of the language's trigger entries, without regard to case."""

    def __init__(self, nlp: Language) -> None:
        self.lang = str(nlp.lang)
        self.entries = trigger_entries(self.lang)
        self.matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
        for index, entry in enumerate(self.entries):
            forms = (
                [entry.lemma]
                if entry.pos in ("state", "modal")
                else inflect(entry.lemma, lang=self.lang, pos="noun" if entry.pos == "noun" else "verb")
            )
            self.matcher.add(str(index), [nlp.make_doc(form) for form in forms])

    def __call__(self, doc: Doc) -> Doc:
        found = sorted((start, end, int(doc.vocab.strings[key])) for key, start, end in self.matcher(doc))
        longest = _longest([(start, end) for start, end, _ in found])
        doc.spans["triggers"] = [
            Span(doc, start, end, label=self.entries[index].action, span_id=str(index))
            for start, end, index in found
            if (start, end) in longest
        ]
        return doc

    def head(self, span: Span) -> int:
        """The index in its Doc of the word of a trigger on which its others depend."""
        entry = entry_of(span)
        return span.end - 1 if head_is_last(entry.lemma, lang=self.lang, pos=entry.pos) else span.start


def entry_of(span: Span) -> Entry:
    """The lexicon entry that a trigger span stands for."""
    return trigger_entries(span.doc.lang_)[int(span.id_)]


def _longest(places: list[tuple[int, int]]) -> set[tuple[int, int]]:
    """Drops a place inside a longer one: "slow down" is no "slow"."""
    return {(s, e) for s, e in places if not any(a <= s and e <= b and (a, b) != (s, e) for a, b in places)}


@Language.factory("triggers", assigns=["doc.spans"])
def make_triggers(nlp: Language, name: str) -> Triggers:
    """spaCy factory: `doc.spans["triggers"]`."""
    return Triggers(nlp)
