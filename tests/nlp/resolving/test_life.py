"""The life of actions: which event follows which, when it ended, how it stands, and its timeline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.memory import Recollection
from data.models import Action, Event, Evidence, Mention, Status, Step, StoredMention
from data.reference import load_reference
from nlp.resolve import Resolution, resolve
from nlp.resolving.cells import cells
from nlp.resolving.facts import DocumentFacts
from nlp.resolving.words import rules

REFERENCE = load_reference()
NOW = "2026-01-01T00:00:00Z"
Facts = dict[str, DocumentFacts]


def act(action: Action, date: str | None, words: str = "", trigger: str = "", **values: Any) -> Mention:
    """A confirmed action on Telegram in Russia. `words`: its sentence; `trigger`: the words of the action."""
    told: dict[str, Any] = {"status": "confirmed", "country": "RU", "platform": "telegram", "confidence": 0.8} | values
    evidence = (Evidence("event", 0, len(words), words), Evidence("action", 0, len(trigger), trigger))
    return Mention(action=action, date=date, date_basis="stated", evidence=evidence, **told)


def run(mentions: Sequence[StoredMention], facts: Facts | None = None, past: Recollection | None = None) -> Resolution:
    found = cells(mentions, REFERENCE)
    return resolve(found, facts or {}, past or Recollection(), now=NOW, reference=REFERENCE)


def told(*mentions: Mention) -> list[StoredMention]:
    return [StoredMention(f"d{number}", 0, mention) for number, mention in enumerate(mentions)]


def lived(*mentions: Mention, facts: Facts | None = None) -> list[Event]:
    """The events of mentions from a document each, in the order given."""
    of = {each.document_id: event for event in run(told(*mentions), facts).events for each in event.mentions}
    return [of[f"d{number}"] for number in range(len(mentions))]


BLOCK = act("block", "2025-03-01")
CALLS = act("block", "2025-03-01", scope="calls")
LIFTED = act("restore", "2025-04-01", trigger="lifts")
THREAT = act("block", "2025-01-10", status="threatened")
FINE = act("fine", "2024-05-01", amount=3e6, currency="RUB", authority="rkn")
ORDER = act("order", "2024-01-01", authority="rkn")
PROBE = act("investigation", "2024-01-01", authority="rkn")
SUIT = act("lawsuit", "2024-01-01")
CUT = act("restore", "2025-02-01", "The court cut the fine to 1m roubles", "cut", amount=1e6, currency="RUB")
ANNULLED = act("restore", "2025-02-01", "The court overturned the fine", "overturned")
UPHELD = act("fine", "2025-02-01", "The court upheld the fine on Telegram", authority="A court")
BAN = act("ban", "2025-03-01", authority="rkn")
EXTENDED = act("ban", "2025-03-20", "Regulator extends the ban to schools", authority="rkn")
STATE = act("ban", "2023-05-17", country="US", platform="tiktok", authority="us-mt-governor")
OTHER_STATE = act("ban", "2023-06-17", country="US", platform="tiktok", authority="us-tx-governor")
IN_STATE = act(
    "restore", "2023-11-30", "Judge blocks Montana law banning TikTok", "blocks", country="US", platform="tiktok"
)


def but(mention: Mention, **values: Any) -> Mention:
    return replace(mention, **values)


# What the last act makes of each of those before it; None where it makes nothing of it.
MADE = [
    pytest.param([BLOCK, LIFTED], ["lifted"], id="a restore lifts the block"),
    pytest.param([but(BLOCK, action="throttle"), LIFTED], ["lifted"], id="and a throttle"),
    pytest.param([but(BLOCK, date="2025-03"), LIFTED], ["lifted"], id="of a month"),
    pytest.param([but(BLOCK, date=None), LIFTED], ["lifted"], id="the only one, undated"),
    pytest.param([but(BLOCK, date="2025-05-01"), LIFTED], [None], id="but none that came later"),
    pytest.param([but(BLOCK, country="IN"), LIFTED], [None], id="nor elsewhere"),
    pytest.param([but(BLOCK, platform="vk"), LIFTED], [None], id="nor of another platform"),
    pytest.param([but(BLOCK, status="denied"), LIFTED], [None], id="nor one denied"),
    pytest.param([BLOCK, but(LIFTED, status="threatened")], [None], id="a restore in view lifts nothing"),
    pytest.param([but(BLOCK, date="2024-01-01"), BLOCK, LIFTED], [None, "lifted"], id="the nearest of two"),
    pytest.param([BLOCK, act("removal", "2025-03-02"), LIFTED], ["lifted"] * 2, id="all of one stroke"),
    pytest.param([CALLS, LIFTED], ["lifted"], id="the whole covers a part"),
    pytest.param([CALLS, but(LIFTED, scope="minors")], [None], id="but no other part"),
    pytest.param([but(BLOCK, scope="whole-service"), but(LIFTED, scope="calls")], ["narrowed"], id="a part is eased"),
    pytest.param([ORDER, act("restore", "2025-02-01", trigger="eased")], ["narrowed"], id="an order is eased"),
    pytest.param([STATE, OTHER_STATE, IN_STATE], ["suspended", None], id="of the state that is named"),
    pytest.param([FINE, ANNULLED], ["annulled"], id="a fine is annulled"),
    pytest.param([FINE, CUT], ["cut"], id="a fine is cut"),
    pytest.param([FINE, UPHELD], ["upheld"], id="a fine is upheld"),
    pytest.param([FINE, BLOCK, ANNULLED], ["annulled", None], id="the fine that is named, not the nearest act"),
    pytest.param([FINE, LIFTED], [None], id="a fine is not lifted"),
    pytest.param([FINE, but(FINE, amount=9e6), ANNULLED], [None, None], id="one of two fines of a day"),
    pytest.param([FINE, but(FINE, amount=9e6), but(ANNULLED, amount=9e6, currency="RUB")], [None, "annulled"],
                 id="the one of the sum"),
    pytest.param([SUIT, act("restore", "2025-02-01", trigger="dismissed", words="The suit was dismissed")], ["dropped"],
                 id="a suit is dismissed"),
    pytest.param([THREAT, BLOCK], ["carried-out"], id="an act answers its threat"),
    pytest.param([but(THREAT, action="ban"), BLOCK], ["carried-out"], id="or a kindred one"),
    pytest.param([but(THREAT, date="2025-02-01"), THREAT, BLOCK], ["carried-out"] * 2, id="or all that there were"),
    pytest.param([but(THREAT, action="fine"), BLOCK], [None], id="not another"),
    pytest.param([but(THREAT, date="2021-01-10"), BLOCK], [None], id="nor an old one"),
    pytest.param([THREAT, but(BLOCK, date="2025-02-01"), BLOCK], [None, None], id="nor one that was answered"),
    pytest.param([but(THREAT, announced="2025-01-10", date="2025-06-01"), BLOCK], ["carried-out"],
                 id="before its term"),
    pytest.param([but(THREAT, action="fine", authority="fas-ru"), but(FINE, date="2025-05-01")], [None],
                 id="a fine by another authority"),
    pytest.param([PROBE, FINE], ["concluded"], id="a fine comes of a probe"),
    pytest.param([ORDER, FINE], ["concluded"], id="or of an order"),
    pytest.param([but(PROBE, authority="fas-ru"), FINE], [None], id="not of another authority's"),
    pytest.param([PROBE, but(PROBE, date="2024-02-01"), FINE], [None, "concluded"], id="of the latest"),
    pytest.param([PROBE, but(FINE, grounds="tax"), but(FINE, date="2024-08-01")], [None, None], id="once"),
    pytest.param([SUIT, but(FINE, authority=None)], ["concluded"], id="a settlement ends the only suit"),
    pytest.param([SUIT, but(SUIT, date="2024-02-01"), but(FINE, authority=None)], [None, None],
                 id="but not one of two"),
    pytest.param([but(BLOCK, action="throttle", date="2024-09-01"), BLOCK], ["widened"], id="a block after a throttle"),
    pytest.param([CALLS, act("block", "2025-09-01", scope="whole-service")], ["widened"], id="a part, then the whole"),
    pytest.param([BAN, EXTENDED], ["widened"], id="in so many words"),
    pytest.param([but(BAN, scope="officials"), but(BAN, date="2025-06-01", scope="whole-service")], ["widened"],
                 id="some, then all"),
    pytest.param([BAN, but(EXTENDED, authority="fsb-ru")], [None], id="not by another hand"),
    pytest.param([BLOCK, LIFTED, but(BLOCK, date="2025-06-01")], [None, "renewed"], id="a block after its lifting"),
    pytest.param([BLOCK, LIFTED, but(BLOCK, date="2027-06-01")], [None, None], id="long after"),
]  # fmt: skip


@pytest.mark.parametrize(("mentions", "made"), MADE)
def test_what_an_act_makes_of_those_before_it(mentions: list[Mention], made: list[str | None]) -> None:
    *earlier, last = lived(*mentions)
    assert [dict(last.links).get(event.id) for event in earlier] == made
    assert last.follows == (last.links[0].other if any(made) else None)


ENDED = [
    pytest.param([BLOCK, LIFTED], ["2025-04-01", None], ["lifted", "lifted"], id="lifted"),
    pytest.param([FINE, CUT], [None, None], ["cut", "cut"], id="a fine that is cut goes on"),
    pytest.param([FINE, UPHELD], [None, None], ["upheld", "in-force"], id="so does one upheld"),
    pytest.param([FINE, ANNULLED], ["2025-02-01", None], ["annulled", "annulled"], id="annulled"),
    pytest.param([BLOCK, but(LIFTED, date="2025-04")], ["2025-04", None], ["lifted", "lifted"], id="in a month"),
    pytest.param([BLOCK, LIFTED, but(LIFTED, date="2025-04-20")], ["2025-04-01"] + [None] * 2, ["lifted"] * 3,
                 id="by the first of two"),
    pytest.param([CALLS, act("block", "2025-03-20", scope="whole-service"), LIFTED], ["2025-04-01"] * 2 + [None],
                 ["lifted"] * 3, id="with what it had widened"),
    pytest.param([BLOCK, LIFTED, but(BLOCK, date="2025-06-01")], ["2025-04-01", None, None],
                 ["lifted", "renewed", "renewed"], id="renewed"),
    pytest.param([THREAT, BLOCK], [None, None], ["carried-out", "in-force"], id="a threat"),
    pytest.param([but(THREAT, status="denied")], [None], ["denied"], id="denied"),
]  # fmt: skip


@pytest.mark.parametrize(("mentions", "ended", "phases"), ENDED)
def test_how_acts_stand_in_the_end(mentions: list[Mention], ended: list[str | None], phases: list[str]) -> None:
    events = lived(*mentions)
    assert [event.ended for event in events] == ended
    assert [event.phase for event in events] == phases


def test_a_fine_that_is_cut_keeps_both_figures() -> None:
    fine, cut = lived(FINE, CUT)
    assert (fine.amount, cut.amount) == (3e6, 1e6)


def test_a_timeline_tells_every_step_from_each_of_its_events() -> None:
    events = lived(but(THREAT, action="ban"), but(BAN, announced="2025-02-01"), EXTENDED, LIFTED)
    threat, first, second, lifted = events
    assert threat.timeline == (
        Step(threat.id, "threatened", "2025-01-10"),
        Step(first.id, "announced", "2025-02-01"),
        Step(first.id, "in-force", "2025-03-01"),
        Step(second.id, "widened", "2025-03-20"),
        Step(lifted.id, "lifted", "2025-04-01"),
    )
    assert {event.timeline for event in events} == {threat.timeline}


LATE = {"d0": DocumentFacts(published="2023-05-18"), "d1": DocumentFacts(published="2023-12-01")}


@pytest.mark.parametrize(
    ("published", "phase"),
    [("2023-05-18", "due"), ("2024-01-01", "in-force"), ("2024-02-01", "in-force"), (None, "in-force")],
)
def test_what_no_document_saw_take_effect_is_due(published: str | None, phase: str) -> None:
    (event,) = lived(but(STATE, date="2024-01-01"), facts={"d0": DocumentFacts(published=published)})
    assert event.phase == phase


def test_what_is_due_may_be_suspended_before_it_takes_effect() -> None:
    ban, restore = lived(but(STATE, date="2024-01-01"), IN_STATE, facts=LATE)
    assert (ban.phase, ban.ended, restore.follows) == ("suspended", "2023-11-30", ban.id)


def test_an_event_that_went_leaves_no_link_behind() -> None:
    mentions = told(BLOCK, LIFTED)
    before = run(mentions)
    memory = before.learned
    after = run(mentions[1:], past=memory)
    (restore,) = after.events
    assert restore.follows is None and restore.links == () and len(restore.timeline) == 1
    assert ("follows", "2025-03-ru-telegram-block", None) in {(c.field, c.old, c.new) for c in after.changes}


def test_the_end_of_an_event_is_news_where_the_lifting_is() -> None:
    mentions = told(BLOCK, LIFTED)
    memory = run(mentions[:1], {"d0": DocumentFacts(fresh=True)}).learned
    after = run(mentions, {"d0": DocumentFacts(), "d1": DocumentFacts(fresh=True)}, memory)
    whys = {(c.field, c.why) for c in after.changes if c.event_id == "2025-03-ru-telegram-block"}
    assert whys == {("ended", "document"), ("phase", "document")}


def test_rules_name_actions_and_phases_that_there_are() -> None:
    actions, phases = set(get_args(Action)), set(REFERENCE.phases)
    named = [*rules()["undoes"].values(), *rules()["outcomes"].items(), *rules()["answers"].items()]
    named += [*rules()["changes"].items(), rules()["measures"], rules()["stroke"]["actions"], rules()["objects"]]
    flat = {each for part in named for item in part for each in ([item] if isinstance(item, str) else item)}
    assert flat <= actions
    assert {*rules()["manners"], *rules()["undoes"]} <= phases
    assert set(rules()["answers"]) == actions - {"restore"}


ACTS = st.builds(
    act,
    st.sampled_from(["block", "throttle", "ban", "fine", "order", "investigation", "restore", "restore"]),
    st.sampled_from(["2025-01-01", "2025-01-02", "2025-02-01", "2025-02-20", "2025-06-01", "2025-02", "2025", None]),
    st.sampled_from(["", "The court overturned the fine", "Regulator extends the ban", "The fine was upheld"]),
    st.sampled_from(["", "lifts", "cut", "suspended"]),
    status=st.sampled_from(get_args(Status)),
    platform=st.sampled_from(["meta", "facebook", "telegram"]),
    country=st.sampled_from(["RU", "RU", None]),
    authority=st.sampled_from(["rkn", "fsb-ru", None]),
    scope=st.sampled_from(["whole-service", "calls", None]),
    amount=st.sampled_from([None, 1e6, 5e6]),
    currency=st.just("RUB"),
)
STORED = st.lists(st.tuples(st.integers(0, 6), ACTS), max_size=16).map(
    lambda pairs: [StoredMention(f"d{document}", ordinal, each) for ordinal, (document, each) in enumerate(pairs)]
)


def shape(events: Sequence[Event]) -> set[tuple[Any, ...]]:
    """Events and their links by what tells them, whatever their ids are."""
    mark = {event.id: frozenset(each.key for each in event.mentions) for event in events}
    links = {event.id: tuple((mark[other], phase) for other, phase in event.links) for event in events}
    return {(mark[e.id], e.ended, e.phase, mark.get(e.follows or ""), links[e.id]) for e in events}


@given(st.data(), STORED)
@settings(max_examples=150)
def test_neither_order_nor_nights_mean_anything(data: st.DataObject, mentions: list[StoredMention]) -> None:
    whole = run(mentions)
    assert run(data.draw(st.permutations(mentions))) == whole
    part = run(mentions[: data.draw(st.integers(0, len(mentions)))])
    assert shape(run(mentions, past=part.learned).events) == shape(whole.events)


@given(STORED)
@settings(max_examples=150)
def test_links_lead_to_earlier_events_of_the_same_jurisdiction(mentions: list[StoredMention]) -> None:
    events = {event.id: event for event in run(mentions).events}
    for event in events.values():
        assert {other for other, _ in event.links} <= events.keys() - {event.id}
        assert (event.follows is None) == (not event.links)
        assert {step.event for step in event.timeline} >= {event.id, *(other for other, _ in event.links)}
        assert {step.event for step in event.timeline} <= events.keys()
        assert {event.phase, *(step.phase for step in event.timeline)} <= REFERENCE.phases.keys()
        for other, _ in event.links:
            assert len({event.country, events[other].country} - {None}) <= 1
            assert event.id not in {each for each, _ in events[other].links}
