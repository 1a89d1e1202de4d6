"""What a sentence is about: classes of words, by lemma or as they stand, in every language that is read."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from data.models import Document
from nlp.lexicon import word_lists
from nlp.pipeline import pipeline, read, supported
from nlp.topics import lead_topics, title_topics, topics_of


def _doc(title: str, lang: str = "en") -> Doc:
    return read(Document("1", title, "", "2025-12-04", lang), pipeline(lang, exclude=("mentions",)))


@pytest.mark.parametrize(
    ("lang", "title", "wanted"),
    [
        ("en", "EU blocks Microsoft's purchase of a studio", {"deal"}),
        ("en", "Court orders Apple to pay for infringing patents", {"rights", "regulation", "suit"}),
        ("en", "Amazon fined after a jury verdict", {"suit"}),
        ("en", "Customs halts imports of Apple watches", {"import"}),
        ("en", "A presidential hopeful wants TikTok banned", {"campaign"}),
        ("ru", "Суд оштрафовал Google за чужие патенты", {"suit", "regulation"}),
        ("en", "Twitter bans accounts of influencers", {"moderation"}),
        ("en", "Lawmakers vote to ban TikTok", {"law"}),
        ("en", "Fiji bans Discord", set()),
        ("ru", "Госдума одобрила законопроект о блокировке Discord", {"law"}),
    ],
)
def test_classes_of_a_sentence(lang: str, title: str, wanted: set[str]) -> None:
    (sentence,) = _doc(title, lang)._.sentences
    assert topics_of(sentence, lang) >= wanted
    assert bool(topics_of(sentence, lang)) == bool(wanted)


def test_a_title_has_its_topics_as_its_words_stand() -> None:
    assert title_topics(_doc("Italy investigates Google's purchase of a studio")) >= {"deal"}


def test_a_lead_has_the_topics_of_the_words_below_the_title() -> None:
    doc = read(
        Document("1", "Apps and patents", "A jury spoke. " + "So it is. " * 40 + "Imports end.", "2025-12-04", "en"),
        pipeline("en", exclude=("mentions",)),
    )
    assert lead_topics(doc) == {"suit", "class-action"}


def test_every_language_has_the_same_classes() -> None:
    classes = [set(word_lists(lang, "topics")) for lang in supported()]
    assert all(each == classes[0] for each in classes)
