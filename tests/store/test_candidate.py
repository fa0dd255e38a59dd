"""A warehouse made anew from what was seen is the warehouse that saw it."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.lanes import Step, choose_connected, find_layers
from etl.outcomes import Outcome, Reason
from etl.records import (
    Bug,
    Entry,
    Hints,
    Mention,
    PageRef,
    Refined,
    Rejected,
    Reread,
    Run,
    Tagged,
    Work,
)
from etl.replay import begin_again, collect_again
from etl.store.candidate import DERIVED, Candidate, Lost
from etl.store.comparison import compare
from etl.store.connect import open_reader
from etl.store.content import hash_content
from etl.store.sightings import iter_sightings, iter_version_texts
from etl.store.stage_replay import name_sightings, stage_sightings, stage_versions
from tests.conftest import Quiet
from tests.store.desk import MADE_BY, Desk, Paper, entry, story

OLD, NEW = "https://harbour.test/2026/a-ferry", "https://new-harbour.test/2026/a-ferry"
GUID = "https://harbour.test/?p=190233"
NAMES = ("a", "b", "c")
BUG = Bug(where="w", detail="ValueError('x')", trace="Traceback …")


@dataclass
class Notes:
    """A refiner that knows what each page was read as, and hands over one page at a time."""

    read: dict[str, Tagged | Rejected | Bug] = field(default_factory=dict)

    def start(self, ref: PageRef, hints: Hints) -> Notes._Ready:
        """Return what the page was read as."""
        del hints
        return self._Ready(self.read[ref.page_id])

    @dataclass
    class _Ready:
        answer: Tagged | Rejected | Bug

        def result(self) -> Tagged | Rejected | Bug:
            return self.answer


class NotingDesk(Desk):
    """A desk that notes what each page was read as."""

    def __init__(self, data: Path) -> None:
        super().__init__(data)
        self.notes = Notes()

    def refine(self, work: Work, paper: Paper) -> Refined:
        """Return what came of one page, and note it."""
        refined = super().refine(work, paper)
        read = refined.result
        if not isinstance(read, Tagged | Bug):
            read = Rejected(reason=Reason.TOO_SHORT, detail="83 < 200 chars")
        if refined.carried_page:
            self.notes.read[refined.carried_page.page_id] = read
            read = Rejected(reason=Reason.TOO_SHORT, detail="83 < 200 chars")
        if refined.page:
            self.notes.read[refined.page.page_id] = read
        return refined


def make_anew(desk: NotingDesk, *, source: str | None = None, chunk: int = 3) -> Candidate:
    """Return a candidate made of all that a desk saw, or of what hangs together with a source."""
    desk.store.settle()
    base = desk.data / "warehouse" / "live.duckdb"
    with open_reader(base) as con:
        seen = list(iter_sightings(con))
    wanted = [source is None or source in one.sighting.asked_url for one in seen]
    chosen = choose_connected([one.keys for one in seen], wanted)
    sightings = [one.sighting for one, is_chosen in zip(seen, chosen, strict=True) if is_chosen]
    paths = []
    for at in range(0, len(sightings), chunk):
        part = sightings[at : at + chunk]
        paths.append(desk.data / name_sightings(part))
        begun = begin_again(desk.notes, part)
        stage_sightings(collect_again(desk.notes, begun), paths[-1])
    run = Run(run_id="anew", flow="replay", now=desk.now, derivation=MADE_BY)
    made = Candidate(base, desk.data / "made.duckdb", run, is_empty=source is None)
    if source is not None:
        made.clear(sightings)
    made.load_sightings(paths, tell=Quiet())
    made.settle(finished_at=desk.now)
    return made


def assert_same(desk: NotingDesk, *, source: str | None = None, with_history: bool = True) -> None:
    """Made anew, a warehouse has the same content and the same history."""
    made = make_anew(desk, source=source)
    with open_reader(desk.data / "warehouse" / "live.duckdb") as con:
        was = hash_content(con)
    now = hash_content(made.con)
    made.close()
    differing = [name for name in was.tables if was.tables[name] != now.tables[name]]
    assert [name for name in differing if with_history or not name.startswith("history.")] == []
    assert now.content == was.content


@pytest.fixture
def desk(tmp_path: Path) -> NotingDesk:
    """A desk that notes."""
    return NotingDesk(tmp_path / "data")


def item(url: str = OLD, *, title: str = "A ferry") -> Entry:
    """Return an item under an address of its own."""
    return replace(entry("item", url=url, title=title), guid=GUID, entry_id=entry(GUID).entry_id)


def test_every_table_is_made_anew_or_taken_over(desk: NotingDesk) -> None:
    """So that a new table is not forgotten: each derived one is known by name."""
    tables = {f"{schema}.{name}" for schema, name in desk.rows(
        "SELECT schema_name, table_name FROM duckdb_tables()")}  # fmt: skip
    assert set(DERIVED) <= tables


def test_articles_versions_and_rejected_pages_come_back(desk: NotingDesk) -> None:
    """A page that changed twice, one that repeats it, one that is no article, one that fails."""
    pages = {
        "https://harbour.test/a": Paper(story("ferry")),
        "https://harbour.test/b": Paper(story("ferry"), title="Ferry, again"),
        "https://harbour.test/c": Paper(outcome=Outcome.REJECTED),
        "https://harbour.test/d": Paper(outcome=Outcome.BUG),
        "https://harbour.test/e": Paper(outcome=Outcome.FAILED),
    }
    desk.ingest(*map(entry, "abcde"), pages=pages)
    pages["https://harbour.test/a"] = Paper(story("ferry") + " More of it.")
    pages["https://harbour.test/e"] = Paper(story("late"))
    desk.ingest(pages=pages)
    pages["https://harbour.test/a"] = Paper(story("tram"), title="No ferry")
    desk.ingest(pages=pages)
    assert desk.rows("SELECT max(version) FROM articles") == [(3,)]
    assert_same(desk)


def test_a_moved_host_and_its_undoing_come_back(desk: NotingDesk) -> None:
    """An entry taken for another, looked at under both addresses, then split by a person."""
    desk.ingest(item(), pages={OLD: Paper(story("ferry"))})
    desk.ingest(item(NEW), pages={NEW: Paper(story("ferry") + " It moved.")})
    assert desk.rows("SELECT count(*), max(version) FROM articles") == [(1, 2)]
    ((merge_id,),) = desk.rows("SELECT merge_id FROM entry_merges")
    assert_same(desk)
    desk.reopen()
    desk.split_entry(str(merge_id))
    pages = {OLD: Paper(story("ferry")), NEW: Paper(story("tunnel"), title="A tunnel")}
    desk.ingest(pages=pages)
    assert desk.rows("SELECT count(*) FROM articles") == [(2,)]
    assert_same(desk)


def test_carried_texts_and_pages_led_to_come_back(desk: NotingDesk) -> None:
    """A text its feed carried; the page later; an address that leads to another's page."""
    url, led = "https://harbour.test/a", "https://harbour.test/b"
    pages = {
        url: Paper(outcome=Outcome.REJECTED, carried=story("carried")),
        led: Paper(story("bridge")),
        "https://harbour.test/c": Paper(outcome=Outcome.KNOWN, same_as=led),
    }
    desk.ingest(entry("a", content_html=story("carried")), entry("b"), entry("c"), pages=pages)
    assert desk.rows("SELECT count(*) FROM articles") == [(2,)]
    desk.ingest(
        entry("a", title="Told anew", content_html=story("carried")),
        pages={**pages, url: Paper(story("whole"))},
    )
    assert_same(desk)


def test_a_part_made_anew_leaves_the_rest_as_it_is(desk: NotingDesk) -> None:
    """What hangs together with a source, its copies elsewhere too."""
    other = "https://other.test/x"
    pages = {
        "https://harbour.test/a": Paper(story("ferry")),
        "https://harbour.test/b": Paper(story("bridge")),
        other: Paper(story("ferry"), title="Taken over"),
        "https://else.test/y": Paper(story("tunnel")),
    }
    desk.ingest(
        entry("a"), entry("b"), entry("x", url=other), entry("y", url="https://else.test/y"),
        pages=pages,
    )  # fmt: skip
    assert_same(desk, source="other.test")


def test_what_differs_is_counted_and_shown(desk: NotingDesk) -> None:
    """Another reading of one page: another text, and one article less."""
    urls = ("https://harbour.test/a", "https://harbour.test/b")
    desk.ingest(entry("a"), entry("b"), pages={url: Paper(story(url[-1])) for url in urls})
    pages = dict(desk.rows("SELECT url, page_id FROM pages"))
    first = desk.notes.read[str(pages[urls[0]])]
    assert isinstance(first, Tagged)
    article = replace(first.fingerprinted.article, title="Read anew", paragraphs=("Short.",))
    printed = replace(first.fingerprinted, article=article, text="Short.", text_sha256="0" * 64)
    desk.notes.read[str(pages[urls[0]])] = replace(
        first, fingerprinted=printed, mentions=(), timexes=()
    )
    desk.notes.read[str(pages[urls[1]])] = Rejected(reason=Reason.NOT_AN_ARTICLE, detail="a list")
    made = make_anew(desk)
    compared = compare(made.con)
    rows = made.con.execute("SELECT guid, outcome, reason FROM entries ORDER BY ALL").fetchall()
    made.close()
    assert (compared.articles["gone"], compared.articles["text_differs"]) == (1, 1)
    assert (compared.was["articles"], compared.now["articles"]) == (2, 1)
    (sample,) = compared.samples
    assert sample.now_title == "Read anew"
    assert "+ Short." in sample.lines
    assert rows == [("a", "new", None), ("b", "rejected", "not_an_article")]


@pytest.mark.parametrize(
    "found",
    [
        BUG,
        Rejected(reason=Reason.REFINE_TIMEOUT, detail=BUG.detail),
        Rejected(reason=Reason.REFINE_MEMORY, detail=BUG.detail),
    ],
    ids=["bug", "timeout", "memory"],
)
def test_an_article_newshouse_now_fails_on_is_called_lost(
    desk: NotingDesk, found: Bug | Rejected
) -> None:
    """A bug of ours, or a limit, is no reason to take an article away unasked."""
    desk.ingest(entry("a"), pages={"https://harbour.test/a": Paper(story("ferry"))})
    ((page_id, article_id),) = desk.rows("SELECT page_id, article_id FROM articles")
    desk.notes.read[str(page_id)] = found
    made = make_anew(desk)
    lost = made.find_lost(sorted(desk.data.glob("*.parquet")))
    made.close()
    assert [(one.article_id, one.detail) for one in lost] == [(article_id, BUG.detail)]
    assert isinstance(lost[0], Lost)


PAPERS = st.sampled_from(
    [
        Paper(story("ferry")),
        Paper(story("ferry") + " It was corrected."),
        Paper(story("tram"), title="A tram"),
        Paper(story("ferry"), canonical_url="https://harbour.test/b"),
        Paper(story("ferry"), final_url="https://harbour.test/c"),
        Paper(outcome=Outcome.REJECTED),
        Paper(outcome=Outcome.FAILED),
        Paper(outcome=Outcome.UNCHANGED),
    ]
)
RUNS = st.lists(
    st.tuples(st.fixed_dictionaries(dict.fromkeys(NAMES, PAPERS)), st.sets(st.sampled_from(NAMES))),
    min_size=1,
    max_size=4,
)


@settings(max_examples=12, deadline=None)
@given(runs=RUNS)
def test_whatever_was_seen_the_warehouse_comes_back(
    runs: Sequence[tuple[dict[str, Paper], set[str]]],
) -> None:
    """Pages that change, lead elsewhere, share an address, fail: the same content."""
    with tempfile.TemporaryDirectory() as folder:
        desk = NotingDesk(Path(folder) / "data")
        for count, (papers, stated) in enumerate(runs):
            entries = [entry(name, title=f"{name} {count}") for name in sorted(stated)]
            pages = {f"https://harbour.test/{name}": paper for name, paper in papers.items()}
            desk.ingest(*entries, pages=pages)
        # Which of two pages that came to one article in one run is its source, and when it moved,
        # may hang on which entry was known by its address alone.
        assert_same(desk, with_history=False)


KEYS = st.lists(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=3), max_size=12)


@given(events=KEYS, groups=st.lists(st.integers(0, 3), min_size=12, max_size=12))
def test_connected_events_are_in_layers_of_their_own(
    events: list[list[str]], groups: list[int]
) -> None:
    """An event comes after every earlier one it shares a key with, or with it if of one group."""
    groups = sorted(groups)
    steps = [
        Step(keys=tuple(keys), group=group, alone=keys[0])
        for keys, group in zip(events, groups, strict=False)
    ]
    layers = find_layers(steps)
    for later, step in enumerate(steps):
        for earlier in range(later):
            before = steps[earlier]
            if set(step.keys) & set(before.keys):
                may_meet = step.group == before.group and step.alone != before.alone
                assert layers[earlier][0] < layers[later][0] + may_meet
                assert layers[earlier][1] == layers[later][1]
    assert not layers or min(layer for layer, _ in layers) == 0


@given(events=KEYS, at=st.integers(0, 11))
def test_what_is_chosen_brings_what_it_is_connected_with(events: list[list[str]], at: int) -> None:
    """All of a lane or nothing of it."""
    chosen = choose_connected(events, [place == at for place in range(len(events))])
    for place, keys in enumerate(events):
        for other, others in enumerate(events):
            if set(keys) & set(others):
                assert chosen[place] == chosen[other]
    assert chosen[at : at + 1] == [True] * (at < len(events))


def test_versions_tagged_anew_are_by_the_new_tagger_and_the_old_rest(desk: NotingDesk) -> None:
    """Names of the new tagger, and a derivation that says so of it alone."""
    desk.ingest(entry("a"), pages={"https://harbour.test/a": Paper(story("ferry"))})
    desk.store.settle()
    base = desk.data / "warehouse" / "live.duckdb"
    with open_reader(base) as con:
        (version,) = iter_version_texts(con, source=None, since=None)
    mention = Mention(
        start_char=0, end_char=2, surface=version.text[:2], kind="ORG", score=1.0,
        entity_id="entity", entity_name="Ferry",
    )  # fmt: skip
    read = Reread(
        tagger="rules-9", mentions=(mention,), timexes=(), content_hash="0", word_count=1,
        shingles=(),
    )  # fmt: skip
    path = desk.data / "versions.parquet"
    stage_versions([(version, read)], path)
    present = replace(MADE_BY, extractor="newshouse-9", tagger="rules-9")
    run = Run(run_id="anew", flow="replay", now=desk.now, derivation=present)
    made = Candidate(base, desk.data / "made.duckdb", run, is_empty=False)
    made.load_tags([path])
    made.settle(finished_at=desk.now)
    rows = made.con.execute(
        "SELECT v.tagger, d.tagger, d.extractor, m.surface, e.name FROM core.versions AS v "
        "JOIN core.derivations AS d USING (derivation_id) JOIN core.mentions AS m USING "
        "(article_id, version) JOIN core.entities AS e USING (entity_id)"
    ).fetchall()
    made.close()
    assert rows == [("rules-9", "rules-9", MADE_BY.extractor, version.text[:2], "Ferry")]
