"""What "the app" and "it" stand for: the platform last spoken of."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

MEANT = [
    ("Russia and FaceTime", "The app was blocked on Thursday.", "block", "facetime"),
    ("Russia and FaceTime", "This service was blocked.", "block", "facetime"),
    ("Turkey and Discord", "Turkey blocked it on Monday.", "block", "discord"),
    ("WhatsApp and Telegram", "Telegram was late. The service was blocked on Friday.", "block", "telegram"),
    ("WhatsApp in Kenya", "WhatsApp was late. Telegram was not. The app was blocked.", "block", "whatsapp"),
    ("Google", "The company was fined 4 million roubles.", "fine", "google"),
]


@pytest.mark.parametrize(("title", "text", "action", "platform"), MEANT)
def test_words_that_stand_for_a_platform(
    read: Callable[..., Doc], title: str, text: str, action: str, platform: str
) -> None:
    frames = [frame for frame in read(title, text)._.frames if frame.action == action]
    assert [(f.platform_id, f.coreferent, f.role.name) for f in frames] == [(platform, True, "object")]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Weather", "The app was banned."),  # nothing was named before
        ("TikTok", "WhatsApp was banned."),  # the sentence names its own
    ],
)
def test_nothing_is_stood_for(read: Callable[..., Doc], title: str, text: str) -> None:
    assert not [frame for frame in read(title, text)._.frames if frame.coreferent]


def test_an_act_on_nobody_named_is_only_implied(read: Callable[..., Doc]) -> None:
    roles = {frame.role.name for frame in read("TikTok news", "An app was banned in Nepal.")._.frames}
    assert roles == {"implicit"}


def test_evidence_of_a_stand_in_is_the_word_that_stands_there(read: Callable[..., Doc]) -> None:
    doc = read("Russia and FaceTime", "The app was blocked.")
    (frame,) = doc._.frames
    assert doc.text[frame.platform.start : frame.platform.end] == "app"
