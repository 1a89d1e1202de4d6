"""Names in a text: platforms, authorities and places, each a span group of the Doc with the reference id as `span.id_`.

`doc.spans["platforms"]`, `["authorities"]` and `["places"]` hold non-overlapping spans, longest first where names nest.
A name that is also an ordinary word ("Signal", "X", "FAS") counts only where the document gives it context.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from data.reference import load_reference
from nlp.lexicon import word_lists


@dataclass(frozen=True, slots=True)
class Name:
    """One way to write one thing. `context` is empty for a name that is safe alone."""

    text: str
    id: str
    context: frozenset[str] = frozenset()
    ambiguous: bool = False


class Gazetteer:
    """Finds listed names, case-sensitively, in time linear in the text (spaCy's PhraseMatcher over ORTH)."""

    def __init__(self, nlp: Language, group: str, names: Iterable[Name], cues: frozenset[str] = frozenset()) -> None:
        self.group, self.cues = group, cues
        self.names: dict[str, list[Name]] = defaultdict(list)
        for name in names:
            self.names[name.text].append(name)
        self.matcher = PhraseMatcher(nlp.vocab, attr="ORTH")
        self.matcher.add(group, [nlp.make_doc(text) for text in self.names])

    def __call__(self, doc: Doc) -> Doc:
        found = filter_spans([doc[start:end] for _, start, end in self.matcher(doc)])
        words = {token.lower_ for token in doc}
        sure = {name.id for span in found for name in self._named(span) if not name.ambiguous}
        spans = [(span, self._choose(span, words, sure)) for span in found]
        doc.spans[self.group] = [Span(doc, s.start, s.end, label=self.group, span_id=id) for s, id in spans if id]
        return doc

    def _named(self, span: Span) -> list[Name]:
        return self.names.get(span.text, self.names.get(" ".join(token.text for token in span), []))

    def _choose(self, span: Span, words: set[str], sure: set[str]) -> str | None:
        """The id with the most context among those that share this name; None where an ambiguous one has none."""
        scored = [(self._weight(name, span, words, sure), name.id) for name in self._named(span)]
        weight, id = max(scored, key=lambda pair: pair[0], default=(0, None))
        return id if weight else None

    def _weight(self, name: Name, span: Span, words: set[str], sure: set[str]) -> int:
        if not name.ambiguous:
            return 1000
        own = len(name.context & words) + 10 * (name.id in sure)
        return own or int(bool(self.cues & words) and not _sentence_start(span))


def _sentence_start(span: Span) -> bool:
    return span.start == 0 or span.doc[span.start - 1].text[-1:] in ".!?\n"


def platform_names() -> Iterable[Name]:
    """Every name and alias of data/reference/platforms.yaml."""
    for platform in load_reference().platforms.values():
        context = _words(platform.context_words)
        for text in platform.all_names:
            yield Name(text, platform.id, context, platform.needs_context(text))


def authority_names() -> Iterable[Name]:
    """Every name and alias of data/reference/authorities.yaml; a weak one needs a word of its country."""
    reference = load_reference()
    for authority in reference.authorities.values():
        country = reference.countries.get(authority.country or "")
        context = _words(country.all_names) if country else frozenset()
        for text in authority.all_names:
            yield Name(text, authority.id, context, text in authority.ambiguous_aliases)


def place_names() -> Iterable[Name]:
    """Countries with their adjectives, capitals and seats of power, and regions as their country."""
    reference = load_reference()
    for country in reference.countries.values():
        for text in country.all_names:
            yield Name(text, country.code, frozenset(), text in country.ambiguous_aliases)
    for region in reference.regions.values():
        for text in region.all_names:
            yield Name(text, region.country, frozenset(), text in region.ambiguous_aliases)


def _words(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(word.lower() for phrase in phrases for word in phrase.split())


@Language.factory("platforms", assigns=["doc.spans"])
def make_platforms(nlp: Language, name: str) -> Gazetteer:
    """spaCy factory: `doc.spans["platforms"]`."""
    return Gazetteer(nlp, name, platform_names(), word_lists(str(nlp.lang), "actors").get("context", frozenset()))


@Language.factory("authorities", assigns=["doc.spans"])
def make_authorities(nlp: Language, name: str) -> Gazetteer:
    """spaCy factory: `doc.spans["authorities"]`."""
    return Gazetteer(nlp, name, authority_names())


@Language.factory("places", assigns=["doc.spans"])
def make_places(nlp: Language, name: str) -> Gazetteer:
    """spaCy factory: `doc.spans["places"]`; `span.id_` is the country's code."""
    return Gazetteer(nlp, name, place_names())
