"""How a platform stands to a trigger, and what is passed on the way to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from nlp.roles import Role, role_of

ROLES = [
    ("Russia blocked Viber", "viber", "object", ""),
    ("Viber was blocked in Russia", "viber", "object", ""),
    ("Viber, which was blocked in Russia, is popular", "viber", "object", ""),
    ("Viber blocked in Russia", "viber", "object", ""),
    ("Russia's Viber ban is new", "viber", "of", ""),
    ("A ban on Viber is new", "viber", "upon", ""),
    ("Russia blocked access to Viber", "viber", "nested", "use"),
    ("Russia blocked the Viber app", "viber", "object", "service"),
    ("Russia blocked Viber users", "viber", "object", "thing"),
    ("Russia blocked apps including Viber", "viber", "object", "listed"),
    ("Russia blocked WhatsApp and Viber", "viber", "object", "listed"),
    ("Officials are banned from using Viber", "viber", "nested", "used"),
    ("The regulator hit Viber with a fine", "viber", "shared-object", ""),
    ("Google was fined over Viber ads", "viber", "cause", "thing"),
    ("Viber banned a politician", "viber", "subject", ""),
    ("The politician was banned by Viber", "viber", "agent", ""),
    ("The court ordered Viber to delete the posts", "viber", "controlled", ""),
    ("Viber faces a fine", "viber", "shared-object", ""),
    ("Viber was fined and banned in Russia", "viber", "object", ""),
    ("Viber told to delete data of pupils", "viber", "object", ""),
    ("Viber ordered to pay $85 million", "viber", "controlled", ""),
    ("A Delhi court ordered Viber suspended", "viber", "object", ""),
    ("Blocked in Kenya, Viber asks users for help", "viber", "object", ""),
    ("Viber must delete the posts, a court ruled", "viber", "controlled", ""),
    ("Kenya orders Apple to pull Viber from the App Store", "apple", "controlled", ""),
    ("Viber was put under investigation in Kenya", "viber", "shared-object", ""),
    ("Viber is under investigation in Kenya", "viber", "shared-object", ""),
    ("Viber faces a ban in Kenya", "viber", "shared-object", ""),
    ("Kenya opens an investigation into Viber", "viber", "upon", ""),
    ("The agency files 13 charges against Viber", "viber", "upon", ""),
    ("The president revoked orders targeting Viber", "viber", "upon", ""),
    ("The ministry banned officials from using foreign apps, including Viber", "viber", "nested", "listed"),
    ("Kenya fined WhatsApp, along with Viber", "viber", "object", "listed"),
    ("Kenya blocked the Viber messaging app", "viber", "object", "service"),
    ("The agency wants to block Viber from buying a rival", "viber", "object", "deal"),
    ("Viber's ban on news angers Kenya", "viber", "subject", ""),
    ("Viber was fined in Kenya and ordered to stop the transfer", "viber", "controlled", ""),
    ("Viber was fined in Kenya and faces a ban", "viber", "shared-object", ""),
    ("After being blocked in Kenya, Viber asks users for help", "viber", "object", ""),
    ("Viber was fined for blocking the news", "viber", "subject", ""),
    ("Viber is at the center of a federal probe", "viber", "shared-object", ""),
    ("Viber is the target of an investigation", "viber", "shared-object", ""),
    ("Viber misled users, the lawsuit says", "viber", "shared-upon", ""),
    ("Kenya cut off calls in Viber", "viber", "nested", "use"),
    ("The agency fined Viber Iberia Limited over data", "viber", "object", "name"),
    (
        "Kenya bans Zoom, Line, Skype, Threema, WeChat, Telegram, Discord and Viber",
        "viber",
        "object",
        "listed",
    ),
    ("Kenya cut off calls in Telegram and in Viber", "viber", "nested", "listed"),
    ("Viber risks a ban in Kenya", "viber", "shared-object", ""),
    ("Viber responded to the fine", "viber", "shared-subject", ""),
    ("Viber lost its appeal and was fined", "viber", "object", ""),
    ("Viber settles with the regulator over privacy", "viber", "object", ""),
    ("Viber has agreed to pay a fine of $5 million", "viber", "shared-object", ""),
    ("Viber must answer within a month or face a fine", "viber", "shared-object", ""),
    ("Viber has violated a court order", "viber", "shared-object", ""),
    ("Viber failed to comply with an injunction", "viber", "shared-object", ""),
    ("The regulator served Viber a compliance notice", "viber", "shared-object", ""),
    ("Viber sued by Kenya watchdog over fees", "viber", "object", ""),
    ("The agency fined Viber Iberia Logistics €40,000", "viber", "object", "name"),
]


@pytest.mark.parametrize(("text", "platform", "role", "flag"), ROLES)
def test_roles(read: Callable[..., Doc], text: str, platform: str, role: str, flag: str) -> None:
    frames = [frame for frame in read(text)._.frames if frame.platform_id == platform]
    found = [frame.role for frame in frames if frame.role.name == role]
    assert found, [(frame.action, frame.role) for frame in frames]
    assert any(each.flags >= ({flag} if flag else set()) for each in found)


def test_every_pair_of_words_has_a_role(read: Callable[..., Doc]) -> None:
    doc = read(
        "A court in Moscow, which fined Google and Viber for videos on TikTok, was told to lift the ban by Meta."
    )
    (sentence,) = doc._.sentences
    for trigger in sentence.doc:
        for name in sentence.doc:
            assert isinstance(role_of(trigger, name, "en"), Role)
