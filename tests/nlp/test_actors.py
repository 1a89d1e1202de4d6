"""Who acts, and what kind of actor that is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

ACTORS = [
    ("Roskomnadzor blocked Viber", "authority", "Roskomnadzor"),
    ("Viber was blocked by Roskomnadzor", "authority", "Roskomnadzor"),
    ("Roskomnadzor said it had blocked Viber", "authority", "Roskomnadzor"),
    ("The Russian regulator blocked Viber", "institution", "regulator"),
    ("A court in Milan banned Viber", "institution", "court"),
    ("Lawmakers banned Viber", "institution", "Lawmakers"),
    ("The president of Kenya banned Viber", "institution", "president"),
    ("Former President Donald Trump wants to ban Viber", "party", "Trump"),
    ("Ex Florida Gov. Ron DeSantis banned Viber", "party", "DeSantis"),
    ("President Donald Trump wants to ban Viber", "authority", "Trump"),
    ("Russia blocked Viber", "place", "Russia"),
    ("Moscow blocked Viber", "place", "Moscow"),
    ("Russia's ban on Viber is new", "place", "Russia"),
    ("Apple blocked Viber", "platform", "Apple"),
    ("A school banned Viber", "private", "school"),
    ("Parents sued Viber", "private", "Parents"),
    ("A rival sued Viber", "private", "rival"),
    ("Republicans want to ban Viber", "party", "Republicans"),
    ("Viber was blocked in Russia", "none", ""),
    ("Viber, which was blocked in Russia, declined to comment", "none", ""),
    ("Telegram says it grew after Viber was blocked in Russia", "none", ""),
    ("Viber faces a federal probe", "none", ""),
    ("A ban on Viber from phones is new", "none", ""),
    ("Viber must delete posts", "none", ""),
    ("Viber must delete posts, a court ruled", "institution", "court"),
    ("Viber fined $5 million by Kenya's watchdog", "institution", "watchdog"),
    ("Users fear a ruling banning Viber", "institution", "ruling"),
    ("Critics fear a law that bans Viber", "institution", "law"),
    ("Kenya's plan to ban Viber is new", "place", "Kenya"),
    ("Apple's decision to ban Viber is new", "platform", "Apple"),
    ("Viber ordered to pay $5 million by a Kenyan court", "institution", "court"),
    ("Kenya ban on Viber takes effect", "place", "Kenya"),
    ("Judge Silva banned Viber", "institution", "Silva"),
    ("Jane Silva sued Viber", "name", "Silva"),
    ("X Corp sued Viber", "platform", "Corp"),
    ("A court has ended Acme's lawsuit against Viber", "name", "Acme"),
    ("A court has ended Kenya's lawsuit against Viber", "place", "Kenya"),
    ("The service deleted posts on Viber", "private", "service"),
    ("The secret service blocked Viber", "institution", "service"),
    ("A French news agency sued Viber", "private", "agency"),
    ("The blocking of Viber is new", "none", ""),
]


@pytest.mark.parametrize(("text", "kind", "word"), ACTORS)
def test_actors(read: Callable[..., Doc], text: str, kind: str, word: str) -> None:
    frames = [frame for frame in read(text)._.frames if frame.platform_id == "viber"]
    named = {(f.actor.kind, " ".join(f.sentence.units[i].text for i in f.actor.units)) for f in frames}
    assert any(found == kind and (word in words.split() if word else not words) for found, words in named), named


def test_the_place_of_an_institution_is_among_its_words(read: Callable[..., Doc]) -> None:
    (frame, *_) = read("The privacy regulator of Norway and the government of Iceland banned Viber")._.frames
    places = [frame.sentence.units[i].id for i in frame.actor.units if frame.sentence.units[i].kind == "place"]
    assert places[0] == "NO"
