"""Which articles are found to repeat each other, loaded as runs load them."""

from __future__ import annotations

from pathlib import Path

from tests.store.desk import Desk, Paper, entry


def test_a_chain_of_copies_is_one_story(tmp_path: Path):
    """Each repeats only its neighbours; all are of the first, also when the middle comes last."""
    desk = Desk(tmp_path)
    words = [f"link{place}" for place in range(1700)]
    names = [f"part{place}" for place in range(9)]
    pages = {
        f"https://harbour.test/{name}": Paper(text=" ".join(words[150 * place : 150 * place + 500]))
        for place, name in enumerate(names)
    }
    for some in (names[:4], names[5:], names[4:5]):
        desk.ingest(*map(entry, some), pages=pages)
    stories = "SELECT count(DISTINCT story_id), count(duplicate_of) FROM core.articles"
    assert desk.rows(stories) == [(1, len(names) - 1)]
    assert desk.rows("SELECT count(*) < 30 FROM core.duplicate_pairs") == [(True,)]
