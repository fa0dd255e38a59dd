"""The names feeds give to months and time zones."""

# ruff: noqa: RUF001 - Greek and Cyrillic months look like Latin ones; they are meant

from __future__ import annotations

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan ene janv gen oca янв яну ιαν sty led tamm ian січ јан يناي",
            "feb fév févr fev şub фев φεβ lut úno helm лют феб فبرا",
            "mar mär mrt мар μαρ μάρ bře maal márc бер مارس",
            "apr abr avr nis апр απρ kwi dub huht ápr кві أبري ابري",
            "may mai mag mei maj май мая μαΐ μάι μαϊ kvě touk máj тра мај مايو",
            "jun juin giu haz июн ιουν ιούν cze čvn kesä jún iun чер юни јун يوني",
            "jul juil lug tem июл ιουλ ιούλ lip čvc hein júl iul юли лип јул يولي",
            "aug ago aoû août agu ağu авг αυγ αύγ sie srp elo сер أغسط اغسط",
            "sep set eyl сен σεπ wrz zář syys szep вер септ سبتم",
            "oct okt out ott eki окт οκτ paź říj loka жов أكتو اكتو",
            "nov kas ноя νοε νοέ lis marr noi ное лис нов نوفم",
            "dec dic dez déc des ara дек δεκ gru pro joul гру дец ديسم",
        ),
        start=1,
    )
    for name in names.split()
}
"""The first three or four letters of a month in the languages feeds write them in; four decide."""

ZONE_HOURS = {
    name: hours
    for hours, names in (
        (0, "z ut utc gmt wet"),
        (1, "bst cet mez wat west"),
        (2, "cest mesz eet cat sast"),
        (3, "eest msk eat trt"),
        (4, "gst"),
        (5, "pkt"),
        (5.5, "ist"),
        (5.75, "npt"),
        (7, "wib ict"),
        (8, "hkt sgt awst pht"),
        (9, "jst kst"),
        (9.5, "acst"),
        (10, "aest"),
        (10.5, "acdt"),
        (11, "aedt"),
        (12, "nzst"),
        (13, "nzdt"),
        (-3, "brt art adt"),
        (-4, "ast edt"),
        (-5, "est cdt"),
        (-6, "cst mdt"),
        (-7, "mst pdt"),
        (-8, "pst akdt"),
        (-9, "akst"),
        (-10, "hst"),
    )
    for name in names.split()
}
"""Hours east of UTC; where an abbreviation is used twice, RFC 822's or the more read one."""
