"""Scores the recogniser of names on labelled articles, and times it.

    python -m evals.ner.compare ../shared/evals/ner

reads `worldwide.dev.bio` (nine types) and `wikigold.bio` (four) from that folder and writes
`evals/ner/results.json`. Words are what blanks part in the files: marks of punctuation count.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from etl.ports import Recognizer
from etl.recognizers import name_tagger
from etl.tag import RulesRecognizer, open_recognizer
from etl.tag.model.reader import read_marks
from evals.ner.bio import Labelled, Spans, read_labelled, words_of
from evals.ner.measure import score, to_coarse
from evals.ner.peers import time_spacy_cnn

RESULTS = Path(__file__).with_name("results.json")
_START = "from etl.tag import open_recognizer; open_recognizer().recognize('Oslo', language='en')"


def read_by_model(article: Labelled) -> Spans:
    """Return what the model marks, in its nine types."""
    return {
        (*words_of(article, mark.start_char, mark.end_char), mark.kind)
        for mark in read_marks(article.text)
    }


def read_by(recognizer: Recognizer, article: Labelled) -> Spans:
    """Return what a recogniser marks, in the kinds of the warehouse."""
    return {
        (*words_of(article, span.start_char, span.end_char), span.kind)
        for span in recognizer.recognize(article.text, language="en")
    }


def time_reading(recognizer: Recognizer, articles: list[Labelled]) -> dict[str, Any]:
    """Return words read in a CPU second, blanks and words of the file apart."""
    start = time.process_time()
    for article in articles:
        recognizer.recognize(article.text, language="en")
    took = time.process_time() - start
    return {
        "words_per_cpu_s": round(sum(len(article.starts) for article in articles) / took),
        "peak_rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def time_start() -> float:
    """Return the CPU seconds a new process takes until it has read its first word."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", _START], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return round(spent, 2)


def main() -> None:
    """Write the results."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    dev = list(read_labelled(folder / "worldwide.dev.bio"))
    wikigold = list(read_labelled(folder / "wikigold.bio"))
    model, rules = open_recognizer(), RulesRecognizer()
    results = {
        "command": "python -m evals.ner.compare ../shared/evals/ner",
        "tagger": name_tagger(),
        "model": {"cold_start_cpu_s": time_start(), **time_reading(model, dev)},
        "rules": time_reading(rules, dev),
        "spacy_cnn_untrained": time_spacy_cnn(dev),
        "worldwide.dev, nine types": score((a.gold, read_by_model(a)) for a in dev),
    }
    for name, articles in (("worldwide.dev", dev), ("wikigold", wikigold)):
        for called, recognizer in (("model", model), ("rules", rules)):
            results[f"{name}, four types, {called}"] = score(
                (to_coarse(a.gold), to_coarse(read_by(recognizer, a))) for a in articles
            )
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    for key, value in results.items():
        print(key, value["all"] if isinstance(value, dict) and "all" in value else value)


if __name__ == "__main__":
    main()
