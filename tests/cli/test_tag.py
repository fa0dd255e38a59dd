"""`newshouse tag`: texts in, names and dates out, none left out."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.newsroom import Run

TEXT = (
    "Speaking in Tehran on Monday, Brig. Gen. Farhad Rostami conceded that Iran had lost ground. "
    "Rostami blamed Russia, the state news agency said."
)


def read(text: str) -> list[dict]:
    """Return the objects of JSON lines."""
    return [json.loads(line) for line in text.splitlines()]


def write(path: Path, *rows: object) -> str:
    """Write JSON lines and return where."""
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return str(path)


def test_a_text_comes_out_with_its_names_and_dates(run: Run, tmp_path: Path):
    """Offsets slice back to surfaces; a surname is the person named in full."""
    given = write(
        tmp_path / "in.jsonl", {"id": "a", "text": TEXT, "published_at": "2026-11-18T09:00:00Z"}
    )
    code, out, err = run("tag", given)
    (found,) = read(out)
    assert code == 0
    assert found["id"] == "a"
    for one in [*found["mentions"], *found["dates"]]:
        assert TEXT[one["start_char"] : one["end_char"]] == one["surface"]
    by_surface = {one["surface"]: one for one in found["mentions"]}
    assert {"Tehran", "Farhad Rostami", "Iran", "Rostami", "Russia"} <= set(by_surface)
    assert by_surface["Rostami"]["entity"] == by_surface["Farhad Rostami"]["entity"]
    assert by_surface["Tehran"]["country_code"] == "IR"
    assert by_surface["Tehran"]["kind"] == "GPE"
    assert [one["timex_value"] for one in found["dates"]] == ["2026-11-16"]
    assert "1 texts: 1 tagged" in err


def test_what_is_no_text_is_told_in_its_place(run: Run, tmp_path: Path):
    """Every line has its line, in the order they came in."""
    rows = [{"id": 7}, {"id": "b", "text": ""}, {"text": TEXT}, {"id": "d", "text": 5}, [1]]
    code, out, err = run("tag", write(tmp_path / "in.jsonl", *rows))
    found = read(out)
    assert code == 0
    assert [one["id"] for one in found] == [7, "b", 3, "d", 5]
    assert [one.get("rejected") for one in found] == [
        "bad_input", None, None, "bad_input", "bad_input",
    ]  # fmt: skip
    assert found[1]["mentions"] == found[1]["dates"] == []
    assert "5 texts: 3 bad_input, 2 tagged" in err


def test_any_number_of_workers_gives_the_same(run: Run, tmp_path: Path):
    """To the last digit of a score."""
    rows = [
        {"id": n, "text": f"{TEXT} Mayor Ada Moreno of Porto met {n} envoys."} for n in range(9)
    ]
    given = write(tmp_path / "in.jsonl", *rows)
    outs = [run("tag", given, "--workers", str(count))[1] for count in (1, 2)]
    assert outs[0] == outs[1]
    assert len(read(outs[0])) == 9


def test_an_unknown_recognizer_is_a_mistake_of_usage(run: Run, tmp_path: Path):
    """And one that is not installed says how to come by it."""
    given = write(tmp_path / "in.jsonl", {"text": TEXT})
    code, _, err = run("tag", given, "--recognizer", "magic")
    assert code == 2
    assert "magic" in err
    code, _, err = run("tag", given, "--recognizer", "spacy:no_such_pipeline")
    assert code == 2
    assert "no_such_pipeline" in err


def test_a_file_of_results_is_there_whole_or_not_at_all(run: Run, tmp_path: Path):
    """With --out nothing goes to stdout."""
    given = write(tmp_path / "in.jsonl", {"text": TEXT})
    out = tmp_path / "out.jsonl"
    code, shown, _ = run("tag", given, "--out", str(out), "--recognizer", "rules")
    assert code == 0
    assert shown == ""
    assert read(out.read_text("utf-8"))[0]["mentions"]
