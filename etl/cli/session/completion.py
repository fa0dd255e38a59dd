"""What Tab offers: names of what is there, those that fit where the cursor stands first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from etl.cli.output import Format
from etl.cli.session.dots import NAMES, is_inner
from etl.store.session import Session

KEYWORDS = (
    "SELECT", "FROM", "WHERE", "GROUP BY", "GROUP BY ALL", "ORDER BY", "LIMIT", "JOIN",
    "LEFT JOIN", "USING", "ON", "AS", "AND", "OR", "NOT", "IN", "IS NULL", "IS NOT NULL", "LIKE",
    "ILIKE", "BETWEEN", "DISTINCT", "HAVING", "WITH", "UNION ALL", "CASE", "WHEN", "THEN", "ELSE",
    "END", "DESC", "ASC", "NULLS LAST", "OVER", "PARTITION BY", "DESCRIBE", "SUMMARIZE", "EXPLAIN",
    "PIVOT", "QUALIFY", "UNNEST", "COUNT", "INTERVAL",
)  # fmt: skip
_WORD = re.compile(r"[\w.]*$")
_AFTER_FROM = re.compile(r"(?i)\b(from|join|describe|summarize|into|table)\s+[\w.]*$")
_USED = re.compile(r"(?i)\b(?:from|join)\s+([\w.]+)(?:\s*\([^()]*\))?(?:\s+(?:as\s+)?(\w+))?")
_DOT = re.compile(r"(?P<name>\.\w*)$|(?P<command>\.\w+)\s+(?P<argument>[\w.]*)$")


class Names:
    """The names of one snapshot."""

    def __init__(self, session: Session) -> None:
        self.columns: dict[str, dict[str, str]] = {}
        for row in session.list_columns():
            where = "" if row["schema_name"] == "main" else f"{row['schema_name']}."
            columns = self.columns.setdefault(f"{where}{row['relation']}", {})
            columns[row["column_name"]] = row["data_type"]
        self.macros = [row["macro"] for row in session.list_macros() if not is_inner(row["macro"])]


class SqlCompleter(Completer):
    """Offers tables and macros after FROM, columns of the tables named, and keywords."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._names = Names(session)

    def refresh(self) -> None:
        """Learn the names of the snapshot that is open now."""
        self._names = Names(self._session)

    def get_completions(
        self,
        document: Document,
        complete_event: CompleteEvent,  # noqa: ARG002 - the interface's
    ) -> Iterator[Completion]:
        """Yield what may stand at the cursor."""
        before, whole = document.text_before_cursor, document.text
        if before.lstrip().startswith("."):
            yield from self._dots(before.lstrip())
            return
        found = _WORD.search(before)
        word = found[0] if found else ""
        for name, what in self._offers(before, whole, word):
            if name.lower().startswith(word.lower()):
                yield Completion(name, start_position=-len(word), display_meta=what)

    def _dots(self, line: str) -> Iterator[Completion]:
        found = _DOT.match(line)
        if not found:
            return
        word = found["name"] or found["argument"] or ""
        offers: Iterable[str] = NAMES
        if found["command"]:
            names = [*self._names.columns, *self._names.macros]
            offers = {".schema": names, ".format": list(Format)}.get(found["command"], [])
        for name in offers:
            if name.startswith(word):
                yield Completion(name, start_position=-len(word))

    def _offers(self, before: str, whole: str, word: str) -> Iterator[tuple[str, str]]:
        names = self._names
        if _AFTER_FROM.search(before):
            yield from ((name, "table") for name in sorted(names.columns))
            yield from ((f"{name}(", "macro") for name in sorted(names.macros))
            return
        used = {alias or name: name for name, alias in _USED.findall(whole)}
        qualifier, dot, _ = word.rpartition(".")
        if dot:
            of = used.get(qualifier, qualifier)
            for column, kind in names.columns.get(of, {}).items():
                yield f"{qualifier}.{column}", kind
            return
        for name in dict.fromkeys(used.values()):
            yield from names.columns.get(name, {}).items()
        if word:
            yield from ((keyword, "") for keyword in KEYWORDS)
            yield from ((name, "table") for name in sorted(names.columns))
            yield from ((f"{name}(", "macro") for name in sorted(names.macros))
