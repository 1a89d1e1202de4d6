"""Who tells of an act: the authority itself, a platform, those who only report, somebody else, nobody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

SPEAKERS = [
    ("Russia blocked Viber", "none"),
    ("Roskomnadzor said it had blocked Viber", "official"),
    ("The ministry confirmed that Viber was blocked", "official"),
    ("Viber has been blocked, the regulator announced on Monday", "official"),
    ("Viber was blocked, according to Roskomnadzor", "official"),
    ("Discord said that Russia had blocked Viber", "platform"),
    ("Users said Viber was blocked in Russia", "report"),
    ("NetBlocks confirmed that Viber was blocked", "report"),
    ("Viber was blocked in Iraq, according to the internet monitor NetBlocks", "report"),
    ("Viber was reportedly blocked in Russia", "report"),
    ("Russia plans to block Viber, sources said", "report"),
    ("My neighbour says Viber was blocked", "other"),
]


@pytest.mark.parametrize(("text", "speaker"), SPEAKERS)
def test_speakers(read: Callable[..., Doc], text: str, speaker: str) -> None:
    assert {frame.speaker for frame in read(text)._.frames if frame.platform_id == "viber"} == {speaker}
