"""Places in a text, apart from names of people, papers and money that hold the name of one: "Judge Wellington"."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.language import Language
from spacy.tokens import Doc, Span

from data.reference import load_reference
from nlp.declension import Name
from nlp.gazetteer import Gazetteer
from nlp.lexicon import languages, word_lists


class Places(Gazetteer):
    """Builds `doc.spans["places"]`; `span.id_` is the country's code."""

    def __init__(self, nlp: Language, group: str) -> None:
        super().__init__(nlp, group, place_names())
        lang = str(nlp.lang)
        self.words = word_lists(lang, "places") if lang in languages("places.yaml") else {}

    def __call__(self, doc: Doc) -> Doc:
        super().__call__(doc)
        doc.spans[self.group] = [span for span in doc.spans[self.group] if not (self.words and self._names_other(span))]
        return doc

    def _names_other(self, span: Span) -> bool:
        """ "Judge Wellington", "the Washington Post", "the Times of India", "US dollars"."""
        before, after = span.doc[max(0, span.start - 2) : span.start], span.doc[span.end : span.end + 1]
        if after and (after[0].lower_ in self.words["money"] or _is_name(after, self.words["papers"])):
            return True
        of = len(before) == 2 and before[1].lower_ == "of" and _is_name(before[:1], self.words["papers"])
        return of or _is_name(before[-1:], self.words["titles"])


def _is_name(words: Span, listed: Iterable[str]) -> bool:
    """Whether a word of a list stands there with a capital."""
    return any(token.lower_ in listed and token.text[:1].isupper() for token in words)


def place_names() -> Iterable[Name]:
    """Countries with their adjectives, capitals and seats of power, and regions as their country."""
    reference = load_reference()
    for country in reference.countries.values():
        for text in country.all_names:
            yield Name(text, country.code, frozenset(), text in country.ambiguous_aliases)
    for region in reference.regions.values():
        for text in region.all_names:
            yield Name(text, region.country, frozenset(), text in region.ambiguous_aliases)


@Language.factory("places", assigns=["doc.spans"])
def make_places(nlp: Language, name: str) -> Places:
    """spaCy factory: `doc.spans["places"]`."""
    return Places(nlp, name)
