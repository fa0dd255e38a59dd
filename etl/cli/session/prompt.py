"""The prompt on a terminal: line editing, history, completion, lines until a semicolon."""

from __future__ import annotations

from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import Completer
from prompt_toolkit.filters import Condition
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.output import create_output

from etl.store.adhoc import is_nothing, split_statements

PROMPT, CONTINUED = "news> ", "  ... "


def make_prompt(completer: Completer, history: Path) -> PromptSession[str]:
    """Return a prompt that gives back whole statements and dot commands.

    Raises, when asked: `KeyboardInterrupt` for Ctrl-C, `EOFError` for Ctrl-D.
    """
    return PromptSession(
        PROMPT,
        multiline=True,
        prompt_continuation=CONTINUED,
        completer=completer,
        complete_while_typing=False,
        auto_suggest=AutoSuggestFromHistory(),
        history=_open_history(history),
        key_bindings=_bindings(),
        enable_history_search=True,
        # Results may go to a file; what is typed is still to be seen.
        output=create_output(always_prefer_tty=True),
    )


def _open_history(path: Path) -> History:
    """Return the history kept at `path`, for this user alone; where it cannot be, none is kept."""
    try:
        path.touch(mode=0o600)
        with path.open("a"):
            return FileHistory(path)
    except OSError:
        return InMemoryHistory()


def is_whole(text: str) -> bool:
    """Return whether Enter ends what is typed: a dot command, nothing, or a statement with `;`."""
    if text.lstrip().startswith(".") or not text.strip():
        return True
    statements, rest = split_statements(text)
    return bool(statements) and is_nothing(rest)


def _bindings() -> KeyBindings:
    bindings = KeyBindings()

    @Condition
    def is_at_end() -> bool:
        from prompt_toolkit.application import get_app  # noqa: PLC0415 - only while it runs

        return is_whole(get_app().current_buffer.text)

    @bindings.add("enter", filter=is_at_end)
    def _end(event: KeyPressEvent) -> None:
        event.current_buffer.validate_and_handle()

    return bindings
