"""What an act bears on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc


@pytest.mark.parametrize(
    ("text", "trigger", "kind"),
    [
        ("Kenya banned Viber", "banned", "platform"),
        ("Viber banned in Kenya", "banned", "platform"),
        ("Kenya bans Viber posts", "bans", "thing"),
        ("Kenya's ban on Viber is new", "ban", "platform"),
        ("Kenya imposes a ban on phones with Viber", "ban", "device"),
        ("Norway opened an investigation into the acquisition of Viber", "investigation", "deal"),
        ("Viber hails a travel ban", "ban", "else"),
        ("The Viber ban is new", "ban", "platform"),
        ("A man faces a fine for a joke on Viber", "fine", "private"),
        ("Viber faces a fine of 5 million euros", "fine", "platform"),
        ("Viber was hit with a fine", "fine", "platform"),
        ("The court slapped Viber with a fine", "fine", "platform"),
        ("Kenya lifted the ban, says Viber", "ban", "none"),
    ],
)
def test_what_an_act_bears_on(read: Callable[..., Doc], text: str, trigger: str, kind: str) -> None:
    assert kind in {frame.acts_on for frame in read(text)._.frames if frame.trigger.text == trigger}
