"""Which pairs of texts are one article."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.dedup.alignment import Alignment, align
from etl.dedup.sketch import sketch_text
from etl.dedup.verdict import Verdict, judge
from etl.dedup.wear import find_hot
from etl.records import Sketch

NAMES = ("Ada Brandt", "Bruno Costa", "Chen Ito", "Dalia Fofana", "Goran Hakimi")
TEXT = st.lists(st.text("abcde ", min_size=1, max_size=60), max_size=5)


def tell(seed: int, *, sentences: int = 12) -> list[str]:
    """Return an article's paragraphs; each seed another's."""
    rnd = Random(seed)
    words = [f"{chr(97 + rnd.randrange(26))}{rnd.randrange(400)}x" for _ in range(300)]
    told = []
    for _ in range(sentences):
        some = [rnd.choice(words) for _ in range(12)]
        told.append(f"{some[0]} {rnd.choice(NAMES)} {' '.join(some[1:])} {rnd.randrange(9999)}.")
    return [" ".join(told[at : at + 3]) for at in range(0, sentences, 3)]


def compare(one: list[str], other: list[str], *, titles: tuple[str, str] = ("A b c", "A b c"),
            hot: frozenset[int] = frozenset()) -> Verdict:  # fmt: skip
    """Return what is said of two texts."""
    a, b = sketch_text(titles[0], one), sketch_text(titles[1], other)
    return judge(a, b, align(a, b, hot=hot))


def test_copies_cut_longer_and_reordered_versions_are_duplicates():
    """Also under another headline."""
    text = tell(1)
    swapped = [text[2], text[0], text[3], text[1]]
    for other in (text, text[:3], [*text, *tell(2, sentences=3)], swapped):
        assert compare(text, other, titles=("Ferry sails", "Port opens")).is_duplicate
    assert compare(text, text).kind == "exact"
    assert compare(text, text[:2]).kind == "contained"


def test_a_copy_with_a_word_changed_here_and_there_is_a_duplicate():
    """And says of how many facts agree."""
    text = tell(1)
    edited = [part.replace("Costa", "Coste") for part in text]
    assert edited != text
    verdict = compare(text, edited)
    assert verdict.is_duplicate
    assert verdict.kind == "near"
    assert 0 < verdict.facts_aligned - verdict.facts_agreed < 12


def test_reports_of_one_frame_with_other_facts_are_not():
    """Whoever wrote the frame: names and figures beside each other disagree."""
    frame = "In {} the river stood at {} metres and {} of the water board expects {} more by night."
    facts = [("Hallein", 3, "Ada Brandt", 2), ("Kotka", 5, "Chen Ito", 1)]
    one, other = ([frame.format(*some)] * 4 + [f"All of {some[0]} watched."] for some in facts)
    verdict = compare(one, other)
    assert not verdict.is_duplicate
    assert verdict.containment > 0.5


def test_a_quote_in_common_is_none():
    """Nor is the text of two sites' notices."""
    quote = tell(7, sentences=3)[0]
    one, other = [*tell(3), quote], [quote, *tell(4)]
    assert not compare(one, other).is_duplicate
    notice = tell(9, sentences=6)
    hot = frozenset(sketch_text("", notice).paragraph_keys)
    one, other = [*tell(5, sentences=3), *notice], [*tell(6, sentences=3), *notice]
    assert not compare(one, other, titles=("Ferry sails", "Port opens"), hot=hot).is_duplicate
    assert not compare(notice, notice, titles=("Ferry sails", "Port opens"), hot=hot).is_duplicate
    assert compare(notice, notice, hot=hot).is_duplicate


@given(TEXT, TEXT)
def test_the_order_of_two_texts_makes_no_difference(one: list[str], other: list[str]):
    """Nor does it add to what they have in common."""
    a, b = sketch_text("t u", one), sketch_text("t v", other)
    found: Alignment = align(a, b)
    assert found == align(b, a)
    assert judge(a, b, found) == judge(b, a, found)
    assert 0 <= found.facts_agreed <= found.facts_aligned
    assert 0 <= found.figures_agreed <= found.figures_aligned <= found.facts_aligned
    assert 0 <= found.fresh_common <= found.common


CHINESE = (
    "气象台发布预报，今天白天最高气温12度，夜间最低气温3度，东风2级。市民出行请注意安全，山区道路减速慢行，"
    "学校照常上课，港口在下午关闭，渡轮明天早晨恢复航行，市长张明说准备工作已经完成。"
)
JAPANESE = (
    "白浜で震度3を観測する地震がありました。役場によりますと被害の情報はありません。鉄道は午後から運転を再開し、"
    "港の船は明日の朝に出る予定です。町長の青川さんは準備が終わったと話しました。"
)
ARABIC = (
    "سجل سعر الدولار في مصارف القلعة اليوم ارتفاعا جديدا وفق نشرة المصرف المركزي وقال متعاملون"
    " في السوق إن حجم التداول وصل إلى مستوى لم يسجل منذ أعوام وتوقع الخبير سامر الحلبي أن يستقر"
    " السعر قبل نهاية الأسبوع المقبل وأن تعود المصارف إلى العمل في مواعيدها المعتادة بعد العطلة"
)
GERMAN = (
    "Der Stadtrat von Hallein hat am Dienstag mit großer Mehrheit beschlossen, die alte Brücke über"
    " den Fluss abzureißen. Bürgermeisterin Erika Brandt sprach von einem schweren Schritt, den die"
    " Stadt bis 2027 gehe. Für den Neubau sind 14 Millionen Euro vorgesehen."
)


@pytest.mark.parametrize(("text", "was", "now"), [
    (CHINESE, "12", "31"), (JAPANESE, "白浜", "赤谷"), (ARABIC, "القلعة", "الميناء"),
    (GERMAN, "Dienstag", "Mittwoch"),
])  # fmt: skip
def test_other_languages_are_compared_as_english_is(text: str, was: str, now: str):
    """A copy with a word changed is one, cut it still is, and another text is not."""
    half = len(text) * 3 // 4
    assert compare([text], [text.replace(was, now)]).is_duplicate
    assert compare([text], [text[:half]]).is_duplicate
    assert not compare([text], tell(1)).is_duplicate


def test_keys_wear_by_sites_and_by_days():
    """Six articles of one site, or four days over a week; an article's copies do neither."""
    paragraph, day = 1 << 31, date(2026, 3, 1)
    copies = [([paragraph], f"site{place}", day) for place in range(50)]
    assert not find_hot(copies)
    assert find_hot([([paragraph], "site", day)] * 6) == {paragraph}
    assert not find_hot([([paragraph], "", day)] * 6)
    days = [([paragraph], f"site{place}", date(2026, 3, 1 + place * 3)) for place in range(4)]
    assert find_hot(days) == {paragraph}
    assert not find_hot([([paragraph >> 1], site, at) for _, site, at in days])


def test_nothing_is_no_duplicate_of_nothing():
    """Texts without a word have nothing in common."""
    empty = Sketch(title="", codes="", kinds=b"", paragraph_keys=())
    assert not judge(empty, empty, align(empty, empty)).is_duplicate
