"""Writes English articles of JSON lines as a BIO file that nobody labelled, for a teacher to read.

    python -m training.ner.texts unlabelled.bio FILE... [--only kind=orig] [--every 3]

A line is an object whose `text` is a string, or whose `paras` or `paragraphs` are a list of them;
files may be gzipped. What is short, in another language or there already is left out.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from etl.extract import detect_language
from etl.words import normalize, split_sentences
from training.ner.corpus import UNKNOWN

_FEWEST_WORDS = 60
_WORD = re.compile(r"\w+|[^\w\s]")


def read_texts(paths: Iterable[Path], only: dict[str, str]) -> Iterator[str]:
    """Yield the English texts of JSON lines, each once."""
    met = set()
    for path in paths:
        with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as lines:
            for line in lines:
                record = json.loads(line)
                text = _text_of(record)
                is_wanted = all(str(record.get(name)) == value for name, value in only.items())
                key = normalize(text)
                if is_wanted and key not in met and _is_english(text):
                    met.add(key)
                    yield text


def _text_of(record: dict[str, Any]) -> str:
    paragraphs = record.get("paras") or record.get("paragraphs")
    return "\n".join(paragraphs) if paragraphs else record.get("text") or ""


def _is_english(text: str) -> bool:
    return len(text.split()) >= _FEWEST_WORDS and detect_language(text)[:1] == ("en",)


def main() -> None:
    """Write the BIO file."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--only", nargs="*", default=[], metavar="FIELD=VALUE")
    parser.add_argument("--every", type=int, default=1, help="keep every so many of them")
    asked = parser.parse_args()
    only = dict(one.split("=", 1) for one in asked.only)
    with asked.out.open("w", encoding="utf-8") as out:
        kept = islice(read_texts(asked.files, only), None, None, asked.every)
        for number, text in enumerate(kept):
            out.write(f"# doc {number}\n")
            for start, end in split_sentences(text):
                if normalize(text[start:end]):  # not of joiners alone, which no piece is of
                    words = _WORD.findall(text[start:end])
                    out.writelines(f"{word}\t{UNKNOWN}\n" for word in words)
                    out.write("\n")


if __name__ == "__main__":
    main()
