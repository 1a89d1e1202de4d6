"""What the authorities of a document are weighed against: a candidate, where it stands, and which place acts there."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from spacy.tokens import Doc

from data.reference import load_reference
from nlp.candidates import Candidate
from nlp.country import document_country
from nlp.described import Lexicon, lexicon, place_of
from nlp.fitness import topics_of
from nlp.jurisdiction import Found
from nlp.parties import Party
from nlp.sentences import bounds


@dataclass(frozen=True, slots=True)
class Scene:
    """What parties are weighed against: a candidate in its document; `places` may act there, likeliest first."""

    doc: Doc
    candidate: Candidate
    words: Lexicon
    places: tuple[str, ...]
    sure: bool
    topics: Counter[str]
    sentences: list[tuple[int, int]]
    told: frozenset[int]

    @property
    def place(self) -> str:
        """The place that acts, as far as can be told."""
        return self.places[0] if self.places else ""

    @property
    def triggers(self) -> list[int]:
        """Where the words stand that tell the action."""
        return [told.frame.trigger.start for told in self.candidate.told]

    def sentence(self, party: Party) -> int:
        """The number of the sentence of a party."""
        return next((n for n, (_, end) in enumerate(self.sentences) if self.doc[end - 1].idx >= party.start), -1)


def scene_of(candidate: Candidate, doc: Doc, country: Found | None) -> Scene:
    """The scene of a candidate; `country` is where it is said to act."""
    sentences = bounds(doc)
    spans = [told.frame.sentence.units[0].start for told in candidate.told]
    told = [n for n, (a, b) in enumerate(sentences) if any(doc[a].idx <= start <= doc[b - 1].idx for start in spans)]
    topics = topics_of(doc, [sentences[n] for n in told])
    sure = country is not None and country.acts
    main = document_country(doc)
    places = dict.fromkeys(_place(each, doc) for each in (country, main) if each)
    return Scene(doc, candidate, lexicon(doc.lang_), tuple(places), sure, topics, sentences, frozenset(told))


def _place(country: Found, doc: Doc) -> str:
    """The region that the words for a country name, or whose authority they name; else the country."""
    named = (load_reference().authorities.get(s.id_) for s in doc.spans["authorities"] if s.start_char == country.start)
    region = next((row.region for row in named if row and row.country == country.value), None)
    return region or place_of(doc.text[country.start : country.end], country.value)
