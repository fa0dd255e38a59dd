"""Date and time expressions: found by a grammar that is data, resolved to days.

    text → pieces → scan (grammar) → resolve (story) → Timex

`pieces` cuts the text and gives each piece one character, `grammar` reads a language's words and
patterns, `scan` finds where they match, `story` keeps what a reader keeps in mind, and `absolute`,
`relative` and `lengths` say what each kind of expression means.
"""

from etl.tag.dates.timex import find_timexes

__all__ = ["find_timexes"]
