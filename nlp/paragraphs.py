"""How a sentence and a platform stand in their paragraph: a long text has a topic a paragraph, not one in all."""

from __future__ import annotations

from spacy.tokens import Doc

from nlp.sentences import Sentence, paragraph_start


def paragraph_features(doc: Doc, sentence: Sentence, platform: str) -> set[str]:
    """Names of features: whether the sentence opens its paragraph, and whether that names the platform, first or alone.

    A title has none.
    """
    if sentence.title:
        return set()
    start, end = _around(doc, sentence.units[0].start)
    named = [span.id_ for span in doc.spans["platforms"] if start <= span.start_char < end]
    found = {"paragraph:lead" if not doc.text[start : sentence.units[0].start].strip() else "paragraph:body"}
    found.add("paragraph:platform" if platform in named else "paragraph:none")
    if named[:1] == [platform]:
        found.add("paragraph:platform-first")
    return found | {f"paragraph:platforms={min(len(set(named)), 3)}"}


def _around(doc: Doc, place: int) -> tuple[int, int]:
    """The characters of the line that holds a place, the title's aside."""
    end = doc.text.find("\n", place)
    return paragraph_start(doc, place), len(doc.text) if end < 0 else end
