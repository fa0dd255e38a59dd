"""Alarms from SQL: each file of `warehouse/alarms` says what holds now; here they are judged."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from etl.store.sql import Connection, fetch_rows, list_sql, read_sql, run_script, run_statements

TESTS_A_YEAR = 2000
"""Judgements of a source that do not hang together, a year: with twenty articles each, some five a
day. What each may err is what `false_a_year` allows, shared out among them."""

NORMS_LAST = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmRules:
    """When what is strange is an alarm.

    Attributes:
        false_a_year: false alarms accepted of a source in a year.
        drift_articles: how many last articles of a source are compared with those before.
        lag_s: least seconds later than usual that articles come.
        failure_share: least share of questions for pages that fail, 0 to 1.
        backlog_s: seconds entries may be due.
    """

    false_a_year: float = 0.05
    drift_articles: int = 20
    lag_s: int = 3 * 3600
    failure_share: float = 0.25
    backlog_s: int = 86400


def judge(con: Connection, rules: AlarmRules, *, run_id: str, now: datetime) -> None:
    """Count how a run's fetching went, then raise what is new and clear what is over.

    Inside the caller's transaction. `now` is the run's.
    """
    run_script(con, "open_alarm_macros")
    run_script(con, "count_fetches", run_id=run_id, now=now)
    judge_alarms(con, rules, now=now)


def judge_alarms(con: Connection, rules: AlarmRules, *, now: datetime) -> None:
    """Raise what is new and clear what is over; once a day, learn what is usual before."""
    run_script(con, "open_alarm_macros")
    facts = {
        "now": now, "drift_articles": rules.drift_articles, "false_a_year": rules.false_a_year,
        "evidence": math.log(TESTS_A_YEAR / rules.false_a_year), "lag_s": float(rules.lag_s),
        "failure_share": rules.failure_share, "backlog_s": float(rules.backlog_s),
    }  # fmt: skip
    (norms,) = fetch_rows(con, "are_norms_old", before=now - NORMS_LAST)
    if norms["are_old"]:
        run_script(con, "learn_norms", **facts)
    run_script(con, "gather_lately", **facts)
    for name in list_sql("alarms"):
        run_statements(con, "INSERT INTO troubles\n" + read_sql("alarms", name), facts)
    run_script(con, "settle_alarms", now=now)
