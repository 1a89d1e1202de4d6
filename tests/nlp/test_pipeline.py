"""The pipelines: their configs load, need nothing that they lack, and survive the way to disk."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.util import load_config

from nlp.lexicon import LANG_DIR, languages
from nlp.pipeline import pipeline, supported
from nlp.quantities import set_published

TEXTS = {
    "en": "Russia blocks Viber\n\nRoskomnadzor blocked access to Viber on 13 December 2024.",
    "ru": "Роскомнадзор заблокировал Viber\n\nРКН ограничил доступ к Viber 13 декабря 2024 года.",
}


def test_every_language_with_triggers_has_a_pipeline() -> None:
    assert supported() == languages()
    assert set(TEXTS) == set(supported())


@pytest.mark.parametrize("lang", supported())
def test_a_pipeline_needs_nothing_that_it_lacks(lang: str) -> None:
    config = load_config(LANG_DIR / lang / "config.cfg")
    nlp = pipeline(lang)
    assert nlp.pipe_names == config["nlp"]["pipeline"]
    analysis = nlp.analyze_pipes()
    assert analysis and not any(analysis["problems"].values())


@pytest.mark.parametrize("lang", supported())
def test_a_pipeline_written_to_disk_reads_the_same(tmp_path: Path, lang: str) -> None:
    nlp = pipeline(lang)
    nlp.to_disk(tmp_path / lang)
    loaded = spacy.load(tmp_path / lang)
    once, again = (each(set_published(each.make_doc(TEXTS[lang]), "2024-12-14"))._.mentions for each in (nlp, loaded))
    assert once == again != ()


def test_a_pipeline_is_built_once() -> None:
    assert pipeline("en") is pipeline("en")


def test_a_language_without_a_config_is_told() -> None:
    with pytest.raises(KeyError, match="tlh"):
        pipeline("tlh")


def test_a_document_may_be_long() -> None:
    assert len(pipeline("en").make_doc("word " * 300_000)) == 300_000


@pytest.mark.parametrize("published", ["September 2", "2025-13-01", "", None])
def test_a_day_of_publication_that_is_none_tells_nothing(published: str | None) -> None:
    assert set_published(pipeline("en").make_doc("Viber"), published)._.published is None
