"""Russian reading: names in every case, sentences, the light parser's trees as roles, actors and moods tell them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from nlp.declension import case_forms
from nlp.frames import Frame
from nlp.pipeline import pipeline
from nlp.quantities import set_published
from nlp.russian.parser import LightParser
from nlp.sentences import Unit, bounds

NONE = ""

# sentence, action, platform, role, actor's kind, moods that must be there
TOLD = [
    ("Суд оштрафовал Google на 4 млн рублей", "fine", "google", "object", "institution", "past"),
    ("Таганский суд Москвы оштрафовал Google", "fine", "google", "object", "authority", "past"),
    ("Мессенджер Telegram оштрафован Таганским судом", "fine", "telegram", "object", "authority", "past"),
    ("Суд назначил Google штраф в 3 млн рублей", "fine", "google", "shared-object", "institution", "past"),
    ("Google оштрафовали на 7 млн рублей", "fine", "google", "object", "none", "past"),
    ("TikTok и «Википедию» оштрафовали", "fine", "tiktok", "object", "none", "past"),
    ("С Google взыскали 5 млн рублей", "fine", "google", "object", "none", "past"),
    ("Суд обязал Apple выплатить 5 млн рублей", "fine", "apple", "controlled", "institution", NONE),
    ("Twitter может быть оштрафован на 8 млн рублей", "fine", "x", "object", "none", "possible"),
    ("Штраф для Meta составил 200 млн евро", "fine", "meta", "upon", "none", NONE),
    ("Роскомнадзор ограничил доступ к FaceTime", "block", "facetime", "nested", "authority", "past"),
    ("В России заблокировали Viber", "block", "viber", "object", "none", "past"),
    ("WhatsApp могут заблокировать", "block", "whatsapp", "object", "none", "possible"),
    ("Telegram грозит блокировка", "block", "telegram", "shared-object", "none", "possible"),
    ("РКН начал блокировать Roblox", "block", "roblox", "object", "authority", "past"),
    ("Минцифры не планирует блокировать YouTube", "block", "youtube", "object", "authority", "negation"),
    ("Регулятор сообщил, что Discord заблокирован", "block", "discord", "object", "institution", "past"),
    ("Доступ к Viber ограничен, объявил Роскомнадзор", "block", "viber", "nested", "authority", "past"),
    ("Звонки в WhatsApp ограничил Роскомнадзор", "block", "whatsapp", "nested", "authority", "past"),
    ("Facebook РКН закрыл в марте, Instagram — в апреле", "block", "instagram", "object", "authority", "past"),
    ("Власти закрыли 26 соцсетей, включая YouTube", "block", "youtube", "object", "institution", "past"),
    ("Если Signal откажется, его закроют, а Discord заблокируют", "block", "discord", "object", "none", "future"),
    ("Власти опровергли планы заблокировать YouTube", "block", "youtube", "object", "institution", "denial"),
    ("Принимаются меры по ограничению работы Telegram", "block", "telegram", "of", "none", "present"),
    ("Роскомнадзор замедлил Twitter", "throttle", "x", "object", "authority", "past"),
    ("Замедление Ютуба в России продолжается", "throttle", "youtube", "of", "none", NONE),
    ("Суд признал Meta экстремистской организацией", "ban", "meta", "object", "institution", "past"),
    ("Албания ввела запрет на TikTok", "ban", "tiktok", "upon", "place", "past"),
    ("Чиновникам Канады запретили пользоваться TikTok", "ban", "tiktok", "nested", "none", "past"),
    ("Приложение NordVPN пропало из App Store", "removal", "nordvpn", "object", "none", "past"),
    ("Apple удалила NordVPN из App Store", "removal", "nordvpn", "object", "platform", "past"),
    ("РКН потребовал от Google удалить ролики", "takedown", "google", "controlled", "authority", NONE),
    ("РКН потребовал от Google отчёт", "order", "google", "object", "authority", "past"),
    ("ФАС выдала Apple предписание", "order", "apple", "shared-object", "authority", "past"),
    ("Еврокомиссия начала расследование против TikTok", "investigation", "tiktok", "upon", "authority", "past"),
    ("В отношении Apple возбуждено дело", "investigation", "apple", "upon", "none", "past"),
    ("РКН составил на Twitter протокол", "lawsuit", "x", "upon", "authority", "past"),
    ("Министерство юстиции США подало иск к Apple", "lawsuit", "apple", "upon", "institution", "past"),
    ("Роскомнадзор снял ограничения с Telegram", "restore", "telegram", "object", "authority", "past"),
    ("РКН отменит замедление Twitter", "restore", "x", "object", "authority", "future"),
    ("Турция разблокировала Instagram", "restore", "instagram", "object", "place", "past"),
]


def _read(text: str) -> Doc:
    nlp = pipeline("ru", exclude=("mentions",))
    doc = nlp.make_doc(f"{text}.\n\n")
    set_published(doc, "2025-12-04")
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def _frames(text: str) -> list[Frame]:
    return list(_read(text)._.frames)


@pytest.mark.parametrize(("text", "action", "platform", "role", "actor", "mood"), TOLD)
def test_a_sentence_tells_who_does_what_to_whom(
    text: str, action: str, platform: str, role: str, actor: str, mood: str
) -> None:
    found = [frame for frame in _frames(text) if (frame.action, frame.platform_id) == (action, platform)]
    told = [(frame.role.name, frame.actor.kind) for frame in found]
    assert (role, actor) in told
    assert not mood or any(mood in frame.mood for frame in found)


@pytest.mark.parametrize(
    "text",
    [
        "Пользователи Telegram оштрафованы",
        "Telegram обновил приложение",
        "Google оценила запрещённый товар",
        "Роскомнадзор проверил операторов связи",
    ],
)
def test_what_befalls_others_has_no_platform_as_its_object(text: str) -> None:
    roles = [(frame.role.name, *frame.role.flags) for frame in _frames(text)]
    assert not [role for role in roles if role[0] == "object" and "thing" not in role]


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Телеграм", "Телеграмом"),
        ("Таганский районный суд Москвы", "Таганского районного суда Москвы"),
        ("Федеральная антимонопольная служба", "Федеральной антимонопольной службой"),
        ("Белый дом", "Белый дом"),
        ("Турция", "Турции"),
        ("российский", "Российская"),
        ("Объединённые Арабские Эмираты", "Объединённых Арабских Эмиратах"),
    ],
)
def test_names_are_found_in_their_cases(name: str, form: str) -> None:
    assert form in case_forms(name)


@pytest.mark.parametrize("name", ["ФАС", "США", "РКН", "Google", "№ 422"])
def test_what_does_not_decline_has_one_form(name: str) -> None:
    assert case_forms(name) == [name]


def test_inflected_names_lead_to_their_ids() -> None:
    doc = _read("Роскомнадзором и Таганским судом в Турции наказаны Телеграм и Ютуб: заблокированы")
    named = {group: [span.id_ for span in doc.spans[group]] for group in ("platforms", "authorities", "places")}
    assert named == {"platforms": ["telegram", "youtube"], "authorities": ["rkn", "tagansky-court"], "places": ["TR"]}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Суд г. Москвы оштрафовал Google по ч. 2 ст. 13.41 КоАП", 1),
        ("Штраф составил 3 млн руб. за ролик", 1),
        ("Об этом сказал А. В. Иванов", 1),
        ("Сайт закрыт. Его открыли", 2),
        ("«Мы против». Так сказали в суде", 2),
    ],
)
def test_abbreviations_end_no_sentence(text: str, count: int) -> None:
    assert len(bounds(_read(text))) == count


WORDS = (
    "суд Google заблокировал заблокирован доступ к который , и что не - в — россии признанная может быть штраф "
    "решением его ( ) « » 5 начал : сообщил если"
)


@given(st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=14))
def test_every_row_of_words_has_a_tree(words: list[str]) -> None:
    starts = [sum(len(word) + 1 for word in words[:i]) for i in range(len(words))]
    units = [
        Unit(start, start + len(word), word, "platform" if word == "Google" else "")
        for start, word in zip(starts, words, strict=True)
    ]
    tree = LightParser(pipeline("ru", exclude=("mentions",)).vocab).parse(units)
    for token in tree:
        steps = 0
        while token.head != token and steps <= len(words):
            token, steps = token.head, steps + 1
        assert steps <= len(words)
