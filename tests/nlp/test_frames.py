"""What English sentences tell: who does what to which platform, in what mood, where and at what price."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from spacy.tokens import Doc

from nlp.candidates import Candidate
from nlp.roles import ROLES

TABLE = yaml.safe_load(Path(__file__).with_name("english.yaml").read_text("utf-8"))
STANDINGS = {
    "target": {"object", "of", "upon", "nested", "shared-object", "shared-upon", "controlled"},
    "bearer": {"shared-subject"},
    "actor": {"subject", "agent"},
    "beside": {"near", "cause", "place", "implicit"},
}
"""How a platform stands to an action, in fewer words than roles.py has."""
ANY = "*"


def _told(doc: Doc, platform: str, action: str) -> list[Candidate]:
    return [found for found in doc._.candidates if (found.platform, found.action) == (platform, action)]


def test_every_role_is_one_standing() -> None:
    assert sorted(role for roles in STANDINGS.values() for role in roles) == sorted(ROLES)


@pytest.mark.parametrize("row", TABLE["told"], ids=lambda row: row["text"])
def test_a_sentence_tells(read: Callable[..., Doc], row: dict[str, Any]) -> None:
    doc = read(row["text"])
    for line in row["told"]:
        platform, action, standing, actor, *countries = line.split()
        found = _told(doc, platform, action)
        assert found, f"nothing of {platform} {action}"
        frame = found[0].told[0].frame
        assert frame.role.name in STANDINGS[standing]
        assert actor in (ANY, frame.actor.kind)
        assert {one.country or "-" for one in found} == set(countries)
        assert frame.mood >= set(row.get("mood", "").split())
        if "sum" in row:
            amount, currency = row["sum"].split()
            money = found[0].money
            assert money and (money.amount, money.currency) == (float(amount), currency)


@pytest.mark.parametrize("text", TABLE["silent"])
def test_a_sentence_without_action_on_a_platform_tells_nothing(read: Callable[..., Doc], text: str) -> None:
    assert read(text)._.candidates == ()


@pytest.mark.parametrize(
    "text",
    [
        "Twitter users were fined in Saudi Arabia",
        "YouTube blocks RT channels across Europe",
        "Facebook deleted accounts of the army",
        "Telegram users find a way around the block with a VPN",
    ],
)
def test_what_befalls_users_or_accounts_is_marked(read: Callable[..., Doc], text: str) -> None:
    frames = [frame for frame in read(text)._.frames if frame.actor.kind != "platform"]
    aimed = [frame for frame in frames if frame.role.name in STANDINGS["target"] | STANDINGS["bearer"]]
    assert all("thing" in frame.role.flags for frame in aimed)


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("Turkey blocked Telegram channels", "takedown"),
        ("Turkey blocked Telegram", "block"),
        ("The court blocked a law on TikTok", "restore"),
        ("The court suspended the TikTok ban", "restore"),
        ("Apple pulled NordVPN from the App Store", "removal"),
        ("Australia charged Apple in an antitrust complaint", "lawsuit"),
        ("The court order blocking Telegram stands", "block"),
        ("A court ordered Telegram blocked", "block"),
        ("The ministry told TikTok to delete the posts", "takedown"),
        ("Google was told to delete the data", "order"),
    ],
)
def test_what_is_acted_on_picks_the_reading(read: Callable[..., Doc], text: str, action: str) -> None:
    assert action in {frame.action for frame in read(text)._.frames}


@pytest.mark.parametrize(
    ("text", "products"),
    [
        ("Apple's FaceTime and Google's YouTube were blocked in Russia", {"facetime", "youtube"}),
        ("Russia has blocked Apple's FaceTime service", {"facetime"}),
        ("Iran blocked Meta's WhatsApp messenger in 2022", {"whatsapp"}),
    ],
)
def test_an_owner_beside_its_product_is_no_target(read: Callable[..., Doc], text: str, products: set[str]) -> None:
    frames = read(text)._.frames
    assert {frame.platform_id for frame in frames} <= products
    assert frames


def test_what_a_company_uses_is_not_what_its_use_is_probed_for(read: Callable[..., Doc]) -> None:
    (frame,) = (each for each in read("Kenya probes Meta's use of Telegram")._.frames if each.platform_id == "telegram")
    assert "other" in frame.role.flags


def test_reluctance_denies(read: Callable[..., Doc]) -> None:
    (frame,) = read("Their reluctance to ban Viber is known")._.frames
    assert "negation" in frame.mood


def test_frames_point_at_the_words(read: Callable[..., Doc]) -> None:
    doc = read("News", "Russia's Roskomnadzor blocked WhatsApp, Telegram and FaceTime on Monday.")
    assert len(doc._.frames) == 3
    for frame in doc._.frames:
        assert doc.text[frame.trigger.start : frame.trigger.end] == "blocked"
        assert doc.text[frame.platform.start : frame.platform.end] == frame.platform.text
        assert not frame.sentence.title
