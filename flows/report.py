"""A run's summary as people read it: a line for the log, a table for the Prefect UI."""

from __future__ import annotations

from dataclasses import fields

from etl.records import RunSummary


def as_line(summary: RunSummary) -> str:
    """Return one line: what the run brought, and what went wrong if anything did."""
    feeds = f"{summary.feeds_polled} feeds"
    if summary.feeds_failed:
        feeds += f" ({summary.feeds_failed} failed)"
    line = (
        f"run {summary.run_id} in {summary.seconds:.1f} s: "
        f"{summary.articles_new} new, {summary.articles_changed} changed, "
        f"{summary.duplicates} duplicates out of {feeds}"
    )
    return f"{line}; {summary.bugs} bugs quarantined" if summary.bugs else line


def as_table(summary: RunSummary) -> str:
    """Return a markdown table: every count of the run, a row each."""
    rows = [
        f"| {field.name.replace('_', ' ')} | {getattr(summary, field.name)} |"
        for field in fields(summary)
    ]
    return "\n".join(["| | |", "|---|---|", *rows])
