"""Bars of articles a day, as SVG: shapes and texts alone, coloured by the style sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

WIDE, LEFT, FOOT, HEAD = 720, 44, 26, 10
MOST_BARS = 120
TICKS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """The articles of the days from `first_on` to `last_on`."""

    first_on: date
    last_on: date
    articles: int


def group_days(counts: Mapping[date, int]) -> tuple[Bar, ...]:
    """Return a bar for every day, also those without an article; of many days a bar for several."""
    if not counts:
        return ()
    first, last = min(counts), max(counts)
    days = (last - first).days + 1
    each = -(-days // MOST_BARS)
    bars = []
    for start in range(0, days, each):
        begin = first + timedelta(days=start)
        end = min(begin + timedelta(days=each - 1), last)
        inside = ((begin + timedelta(days=n)) for n in range((end - begin).days + 1))
        bars.append(
            Bar(first_on=begin, last_on=end, articles=sum(counts.get(day, 0) for day in inside))
        )
    return tuple(bars)


def name_days(bar: Bar) -> str:
    """Return the days of a bar: "2026-11-20", "2026-11-20 to 2026-11-22"."""
    if bar.first_on == bar.last_on:
        return f"{bar.first_on}"
    return f"{bar.first_on} to {bar.last_on}"


def draw_bars(
    bars: tuple[Bar, ...],
    *,
    title: str,
    link: Callable[[Bar], str],
    high: int = 180,
    most: int | None = None,
    ticks: int = TICKS,
) -> Markup:
    """Return the chart; each bar tells its number, and leads to `link`.

    Args:
        bars: at least one.
        title: what it shows, for those who do not see it.
        link: the address of a bar's articles.
        high: height in pixels.
        most: what the scale ends with, None = the highest bar.
        ticks: into how many parts the days are named; a small chart has room for few.
    """
    top = _round_up(max(most or 0, *(bar.articles for bar in bars), 1))
    pieces = [
        Markup('<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">').format(
            WIDE, high, title
        )
    ]
    pieces += _draw_scale(top, high)
    step = (WIDE - LEFT) / len(bars)
    gap = min(step * 0.2, 3)
    for place, bar in enumerate(bars):
        x = LEFT + place * step
        tall = bar.articles / top * (high - FOOT - HEAD)
        said = f"{name_days(bar)}: {bar.articles:,} article{'' if bar.articles == 1 else 's'}"
        pieces.append(
            Markup('<a href="{}"><title>{}</title>').format(link(bar), said)
            + Markup('<rect class="reach" x="{:.1f}" y="{}" width="{:.1f}" height="{}"/>').format(
                x, HEAD, step, high - FOOT - HEAD
            )
            + Markup('<rect class="bar" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>')
            .format(x + gap / 2, high - FOOT - tall, max(step - gap, 1), tall)
            + Markup("</a>")
        )  # fmt: skip
    pieces += _draw_days(bars, step, high, ticks)
    return Markup("").join([*pieces, Markup("</svg>")])


def _round_up(number: int) -> int:
    """Return the least of 4, 8, 20, 40, 80, 200, … that holds `number`: its quarters are whole."""
    size = TICKS
    while True:
        for factor in (1, 2, 5):
            if size * factor >= number:
                return size * factor
        size *= 10


def _draw_scale(top: int, high: int) -> list[Markup]:
    lines = []
    for tick in range(0, TICKS + 1, 2):
        y = high - FOOT - tick / TICKS * (high - FOOT - HEAD)
        lines.append(
            Markup('<line class="rule" x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}"/>').format(
                LEFT, WIDE, y, y
            )
            + Markup('<text class="scale" x="{}" y="{:.1f}" text-anchor="end">{}</text>').format(
                LEFT - 6, y + 4, f"{top * tick // TICKS:,}"
            )
        )
    return lines


def _draw_days(bars: tuple[Bar, ...], step: float, high: int, ticks: int) -> list[Markup]:
    """Name some days below the bars, the first and the last among them."""
    wanted = sorted({round(n * (len(bars) - 1) / ticks) for n in range(ticks + 1)})
    texts = []
    for place in wanted:
        x, anchor, kind = LEFT + (place + 0.5) * step, "middle", "scale inner"
        if len(wanted) > 1 and place == wanted[0]:
            x, anchor, kind = LEFT, "start", "scale"
        elif len(wanted) > 1 and place == wanted[-1]:
            x, anchor, kind = WIDE, "end", "scale"
        texts.append(
            Markup('<text class="{}" x="{:.1f}" y="{}" text-anchor="{}">{}</text>').format(
                kind, x, high - 5, anchor, f"{bars[place].first_on}"
            )
        )
    return texts
