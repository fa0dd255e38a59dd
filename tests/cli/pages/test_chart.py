"""Bars of articles a day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from etl.cli.pages.chart import MOST_BARS, draw_bars, group_days, name_days

DAYS = st.dates(date(1990, 1, 1), date(2030, 1, 1))


@given(st.dictionaries(DAYS, st.integers(1, 10**6), min_size=1, max_size=30))
def test_bars_hold_every_article_once_and_follow_one_another(counts: dict[date, int]):
    """No day is left out, none counted twice, however many years there are."""
    bars = group_days(counts)
    assert sum(bar.articles for bar in bars) == sum(counts.values())
    assert len(bars) <= MOST_BARS
    assert (bars[0].first_on, bars[-1].last_on) == (min(counts), max(counts))
    for bar, other in pairwise(bars):
        assert other.first_on == bar.last_on + timedelta(days=1)


@given(
    st.dictionaries(DAYS, st.integers(1, 10**6), min_size=1, max_size=5),
    st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"])),
)
def test_a_chart_is_well_formed_whatever_it_is_called(counts: dict[date, int], title: str):
    """Sources name themselves."""
    bars = group_days(counts)
    chart = draw_bars(bars, title=title, link=lambda bar: f'/?q={title}&since={bar.first_on}"<')
    root = ET.fromstring(str(chart))
    assert root.get("aria-label") == title
    told = [each.text for each in root.iter("title")]
    assert told[0] == f"{name_days(bars[0])}: {bars[0].articles:,} article" + (
        "" if bars[0].articles == 1 else "s"
    )
    assert len(told) == len(bars)


def test_the_highest_bar_fits_and_half_as_many_is_half_as_high():
    """Heights are in proportion, from zero on."""
    bars = group_days({date(2026, 1, 1): 40, date(2026, 1, 2): 20})
    root = ET.fromstring(str(draw_bars(bars, title="t", link=lambda _: "/")))
    high, half = (
        float(each.get("height") or 0) for each in root.iter("rect") if each.get("class") == "bar"
    )
    assert high == 2 * half
    assert high <= 180
