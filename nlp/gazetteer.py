"""Names in a text: platforms, authorities and places, each a span group of the Doc with the reference id as `span.id_`.

`doc.spans["platforms"]`, `["authorities"]` and `["places"]` hold non-overlapping spans, longest first where names nest.
A name that is also an ordinary word ("Signal", "X", "FAS") counts only where the document gives it context.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from data.reference import load_reference
from nlp.declension import Name, declined
from nlp.lexicon import word_lists

BRACKETS = re.compile(r" \([^)]+\)$")


class Gazetteer:
    """Finds listed names in every case form, in time linear in the text (spaCy's PhraseMatcher over ORTH)."""

    def __init__(
        self,
        nlp: Language,
        group: str,
        names: Iterable[Name],
        cues: frozenset[str] = frozenset(),
        *,
        strict: bool = False,
    ) -> None:
        self.group, self.cues, self.strict = group, cues, strict
        self.names: dict[str, list[Name]] = defaultdict(list)
        for name in declined(names, str(nlp.lang)):
            self.names[name.text].append(name)
        self.matcher = PhraseMatcher(nlp.vocab, attr="ORTH")
        self.matcher.add(group, [nlp.make_doc(text) for text in self.names])

    def __call__(self, doc: Doc) -> Doc:
        found = filter_spans([doc[start:end] for _, start, end in self.matcher(doc)])
        words = {token.lower_ for token in doc}
        sure = {name.id for span in found for name in self._named(span) if not name.ambiguous}
        chosen = [(span, *self._choose(span, words, sure)) for span in found]
        doc.spans[self.group] = [
            Span(doc, span.start, span.end, label=self.group if weight else "weak", span_id=id)
            for span, weight, id in chosen
            if weight or self._may_be_name(span)
        ]
        return doc

    def _named(self, span: Span) -> list[Name]:
        return self.names.get(span.text, self.names.get(" ".join(token.text for token in span), []))

    def _choose(self, span: Span, words: set[str], sure: set[str]) -> tuple[int, str]:
        """Weight and id of the name with the most context among those written so; 0 for an ambiguous one without."""
        scored = [(self._weight(name, span, words, sure), name.id) for name in self._named(span)]
        return max(scored, key=lambda pair: pair[0])

    def _may_be_name(self, span: Span) -> bool:
        """A capital, and more than a letter: worth a weak span, whose worth others judge."""
        return not self.strict and len(span.text) > 1 and span.text[0].isupper()

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
    """Every name and alias of data/reference/authorities.yaml; a weak one needs a word of its country.

    Weak, too, is a name without the country that it has in brackets: "Ministry of Communications (Iraq)".
    """
    reference = load_reference()
    for authority in reference.authorities.values():
        country = reference.countries.get(authority.country or "")
        context = _words(country.all_names) if country else frozenset()
        weak = dict.fromkeys(authority.all_names, False) | dict.fromkeys(authority.ambiguous_aliases, True)
        for text, ambiguous in ({BRACKETS.sub("", authority.name): True} | weak).items():
            for written in {text: None, text.replace("'", "’"): None}:
                yield Name(written, authority.id, context, ambiguous)


def _words(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(word.lower() for phrase in phrases for word in phrase.split())


@Language.factory("platforms", assigns=["doc.spans"])
def make_platforms(nlp: Language, name: str) -> Gazetteer:
    """spaCy factory: `doc.spans["platforms"]`."""
    return Gazetteer(nlp, name, platform_names(), word_lists(str(nlp.lang), "actors").get("context", frozenset()))


@Language.factory("authorities", assigns=["doc.spans"])
def make_authorities(nlp: Language, name: str) -> Gazetteer:
    """spaCy factory: `doc.spans["authorities"]`."""
    return Gazetteer(nlp, name, authority_names(), strict=True)
