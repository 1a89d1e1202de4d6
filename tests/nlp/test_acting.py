"""Which authority took an action: named, described, spoken of elsewhere in the document, or nobody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from nlp.acting import acting_authority
from nlp.country import document_country
from nlp.jurisdiction import Found


def _acting(doc: Doc) -> Found | None:
    candidate = doc._.candidates[0]
    return acting_authority(candidate, doc, candidate.jurisdiction or document_country(doc))


ALONE = [
    # by kind and country
    ("Irish privacy regulator fines TikTok", "dpc-ie"),
    ("The Italian data protection agency blocked DeepSeek", "garante-it"),
    ("Spain Antitrust Watchdog Fines Booking.com", "cnmc-es"),
    ("Japan’s fair trade watchdog raided Amazon", "jftc-jp"),
    ("Australian online safety commissioner fines X", "esafety-au"),
    ("Google was fined by the European Union's antitrust watchdog", "ec"),
    ("The Somalian ministry of communications and technology blocked Telegram", "moca-so"),
    ("The US justice department sued Apple", "doj-us"),
    # offices of states
    ("Florida Gov. Ron DeSantis banned TikTok", "us-fl-governor"),
    ("The governor of Ohio banned TikTok on state devices", "us-oh-governor"),
    ("Nevada’s attorney general sued Meta", "nvag-us"),
    ("The Texas attorney general Ken Paxton sued Roblox", "txag-us"),
    ("Lawmakers in Montana banned TikTok", "us-mt-legislature"),
    # offices of the country that a text does not name
    ("Senate votes to ban TikTok", "us-senate"),
    ("House approves ban on TikTok", "us-house"),
    ("White House bans TikTok", "us-president"),
    ("A House committee proposed to ban TikTok", "us-congress"),
    # the owner of the act
    ("Biden’s TikTok ban angers users in America", "us-president"),
    # a name without the country that the list gives it
    ("DeepSeek was suspended in South Korea by the Personal Information Protection Commission", "pipc-kr"),
    ("The Department of Telecommunications in India blocked Signal", "dot-in"),
    # one of many, where place and topic leave no other
    ("Irish authorities fined TikTok over children's personal data", "dpc-ie"),
    ("British regulators fined TikTok over its dominance", None),
    # what another is only a part of
    ("TikTok was banned by a committee in Washington, part of the treasury department", None),
    ("TikTok was banned by the US treasury department", "treasury-us"),
    # nobody
    ("House Republicans and Senate Democrats want TikTok banned", None),
    ("Irish authorities blocked Telegram", None),
    ("German media regulators fined X", None),
    ("A Moscow court fined Google", None),
    ("The Biden administration banned TikTok", None),
    ("The government of Nepal banned TikTok", None),
    ("Telegram was blocked in Iran, said the industry watchdog NetBlocks", None),
]


@pytest.mark.parametrize(("text", "id"), ALONE)
def test_a_sentence_alone(read: Callable[..., Doc], text: str, id: str | None) -> None:
    found = _acting(read(text))
    assert (found.value if found else None) == id


ELSEWHERE = [
    # what the title leaves open, the text names
    ("Italy bans ChatGPT", "The country's privacy regulator gave OpenAI 20 days.", "garante-it"),
    ("Weibo fined by regulator", "China's internet regulator announced the fine.", "cac-cn"),
    ("TikTok fined over children's data", "The Irish Data Protection Commission announced the decision.", "dpc-ie"),
    ("EU fines TikTok over privacy", "Ireland’s Data Protection Commission issued the decision.", "dpc-ie"),
    ("Montana bans TikTok", "Greg Gianforte signed the bill on Monday.", "us-mt-governor"),
    ("New York City bans TikTok", "So said a spokesperson, according to New York City Hall.", "us-nyc-city-hall"),
    # a description of one that is named
    ("Ofcom opens investigation into X", "Later the regulator fined X.", "ofcom-gb"),
    ("The FTC sues Amazon", "The commission filed its lawsuit against Amazon on Monday.", "ftc-us"),
    ("The court fined Google", "The Tagansky District Court spoke in Moscow.", "tagansky-court"),
    # fit for the action
    ("Google fined over competition in India", "MeitY said nothing. The CCI published the fine.", "cci-in"),
    # a decision headed by who took it
    ("AP (The Netherlands) - Viber", "The DPA fined Viber for keeping numbers of strangers abroad.", "ap-nl"),
    # named for other reasons
    ("Twitter fined in Washington", "Twitter guards Donald Trump's account.", None),
    ("TikTok fined in France", "Ofcom wrote to TikTok.", None),
]


@pytest.mark.parametrize(("title", "text", "id"), ELSEWHERE)
def test_a_document(read: Callable[..., Doc], title: str, text: str, id: str | None) -> None:
    found = _acting(read(title, text))
    assert (found.value if found else None) == id


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Kigali Commercial Court ordered Telegram to delete a channel.", "Kigali Commercial Court"),
        (
            "Viber was blocked by the Ministry of Post and Telecommunications.",
            "Ministry of Post and Telecommunications",
        ),
        ("A court in Kigali ordered Telegram to delete a channel.", None),
        ("The Office ordered Telegram to delete a channel.", None),
    ],
)
def test_one_that_no_list_knows_is_its_words(read: Callable[..., Doc], text: str, words: str | None) -> None:
    doc = read("News in brief", text)
    found = _acting(doc)
    assert (found.value if found else None) == words
    assert found is None or doc.text[found.start : found.end] == words


@pytest.mark.parametrize(
    ("title", "text", "basis"),
    [
        ("Ofcom fines X", "", "actor"),
        ("X was fined, as Ofcom said", "", "sentence"),
        ("X fined in Britain", "Ofcom announced it.", "document"),
    ],
)
def test_how_near_it_stood(read: Callable[..., Doc], title: str, text: str, basis: str) -> None:
    doc = read(title, text)
    assert (found := _acting(doc)) and found.basis == basis
    assert doc.text[found.start : found.end] == "Ofcom"


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("Italy's top privacy watchdog", [("privacy watchdog", "IT")]),
        ("the attorney general of the state", [("attorney general", "")]),
        ("the high court in London", [("high court", "GB")]),
        ("state-run media regulator of Quebec", [("media regulator", "CA-QC")]),
        ("an industry watchdog", []),
        ("the Federal Communications Commission", []),
    ],
)
def test_descriptions(english: Language, text: str, phrases: list[tuple[str, str]]) -> None:
    doc = english.make_doc(text)
    for name in ("authorities", "places", "described"):
        doc = english.get_pipe(name)(doc)
    assert [(span.label_, span.id_) for span in doc.spans["described"]] == phrases
