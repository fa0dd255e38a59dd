"""`newshouse dedup`: articles in, clusters out, none left out."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.newsroom import Run
from tests.dedup.test_verdict import tell


def line(name: str | int, seed: int, **fields: object) -> dict:
    """Return an article; those of one seed are copies."""
    return {"id": name, "title": f"Headline {seed}", "text": "\n\n".join(tell(seed)), **fields}


def test_each_article_comes_out_in_its_place_with_its_cluster(run: Run, tmp_path: Path):
    """The earliest names the cluster, whatever zone its time is in."""
    late, early = "2026-03-02T10:00:00+02:00", "2026-03-02T07:00:00Z"
    rows = [
        line("a", 1, site="one.test", published_at=late),
        line("b", 2, url="https://two.test/b"),
        {"id": "c", "title": "Other", "paras": [*tell(1), "Photo: Ada"], "published_at": early},
        line(4, 3),
    ]
    given, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    given.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    code, _, err = run("dedup", str(given), "--out", str(out), "--workers", "1")
    found = [json.loads(text) for text in out.read_text("utf-8").splitlines()]
    assert code == 0
    assert [(one["id"], one["cluster"], one["duplicate_of"]) for one in found] == [
        ("a", "c", "c"), ("b", "b", None), ("c", "c", None), (4, 4, None),
    ]  # fmt: skip
    assert found[0]["kind"] == "near"
    assert found[0]["containment"] == 1
    assert found[0]["jaccard"] > 0.9
    assert found[0]["score"] > 0.9
    assert "4 articles: 3 clusters" in err


def test_what_is_no_article_is_told_in_its_place(run: Run, tmp_path: Path):
    """Nothing that enters vanishes; an article of no words is compared with none."""
    rows = ["{", '{"id": "x"}', '{"id": "y", "text": ""}', '{"id": "z", "text": ""}',
            '{"id": "w", "text": "a", "published_at": "yesterday"}']  # fmt: skip
    given = tmp_path / "in.jsonl"
    given.write_text("\n".join(rows), "utf-8")
    code, out, _ = run("dedup", str(given), "--workers", "1")
    found = [json.loads(text) for text in out.splitlines()]
    assert code == 0
    assert [one.get("rejected") for one in found] == [
        "bad_input", "bad_input", None, None, "bad_input",
    ]  # fmt: skip
    assert [one.get("duplicate_of") for one in found[2:4]] == [None, None]
    assert "either text or paras" in found[1]["detail"]
