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
    # a noun stands for what it fits
    ("WhatsApp and Roblox", "Roblox was late. The messenger was blocked.", "block", "whatsapp"),
    ("Temu and WhatsApp", "WhatsApp was late. The online marketplace was banned.", "ban", "temu"),
    ("ChatGPT and Meta", "Meta was late. Italy banned the chatbot.", "ban", "chatgpt"),
    ("TikTok and Google", "Google was late. Nepal banned the app.", "ban", "tiktok"),
    ("TikTok and Amazon", "The ByteDance-owned app was banned.", "ban", "tiktok"),
    ("TikTok and fears of spying", "UK bans app from phones of ministers.", "ban", "tiktok"),
    # a pronoun stands for the subject before it, unless that is the one who acts
    ("Signal", "The messenger said that Russia had blocked it.", "block", "signal"),
    ("Viber", "Russia blocked it in 2024.", "block", "viber"),
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
        ("TikTok", "Russia blocked the messaging service Viber."),  # the noun names its own
    ],
)
def test_nothing_is_stood_for(read: Callable[..., Doc], title: str, text: str) -> None:
    assert not [frame for frame in read(title, text)._.frames if frame.coreferent]


@pytest.mark.parametrize("words", ["Both apps were", "The two messengers were", "Russia said the messengers were"])
def test_a_plural_stands_for_the_last_two(read: Callable[..., Doc], words: str) -> None:
    frames = read("Roblox", f"WhatsApp and Telegram were late. {words} blocked in August.")._.frames
    assert {frame.platform_id for frame in frames} == {"whatsapp", "telegram"}


@pytest.mark.parametrize(
    "words", ["The three were", "All three were", "The trio was", "The three services were", "These three apps were"]
)
def test_a_number_stands_for_as_many_as_were_named_last(read: Callable[..., Doc], words: str) -> None:
    frames = read("Roblox", f"WhatsApp, Viber and Telegram were late. {words} blocked in August.")._.frames
    assert {frame.platform_id for frame in frames} == {"whatsapp", "viber", "telegram"}


@pytest.mark.parametrize("words", ["The four were", "Three were", "Both banks were", "The two men were"])
def test_a_number_stands_for_nothing_else(read: Callable[..., Doc], words: str) -> None:
    frames = read("News", f"WhatsApp, Viber and Telegram were late. {words} blocked in August.")._.frames
    assert {frame.role.name for frame in frames} == {"implicit"}


def test_both_are_the_last_two(read: Callable[..., Doc]) -> None:
    frames = read("Roblox", "WhatsApp and Telegram were late. Both were blocked in August.")._.frames
    assert {frame.platform_id for frame in frames} == {"whatsapp", "telegram"}


def test_a_pronoun_stands_for_nothing_where_somebody_else_spoke(read: Callable[..., Doc]) -> None:
    frames = read("Viber", "The government said it had banned apps.")._.frames
    assert not [frame for frame in frames if frame.role.name == "subject"]


def test_a_noun_stands_for_nothing_that_it_does_not_fit(read: Callable[..., Doc]) -> None:
    assert {frame.role.name for frame in read("TikTok", "The messenger was banned.")._.frames} == {"implicit"}


def test_they_are_people_unless_a_platform_is_their_subject(read: Callable[..., Doc]) -> None:
    assert not [f for f in read("eBay", "For years they paid a fine.")._.frames if f.role.name != "implicit"]
    frames = read("News", "Temu said that France had fined them.")._.frames
    assert ("object", "temu") in {(frame.role.name, frame.platform_id) for frame in frames}


def test_a_name_and_its_stand_in_are_one_frame(read: Callable[..., Doc]) -> None:
    frames = read("Apps", "TikTok said that Nepal had banned the app.")._.frames
    assert sorted((frame.role.name, frame.coreferent) for frame in frames) == [
        ("object", True),
        ("shared-subject", False),
    ]


def test_an_act_on_nobody_named_is_only_implied(read: Callable[..., Doc]) -> None:
    roles = {frame.role.name for frame in read("TikTok news", "An app was banned in Nepal.")._.frames}
    assert roles == {"implicit"}


def test_evidence_of_a_stand_in_is_the_word_that_stands_there(read: Callable[..., Doc]) -> None:
    doc = read("Russia and FaceTime", "The app was blocked.")
    (frame,) = doc._.frames
    assert doc.text[frame.platform.start : frame.platform.end] == "app"
