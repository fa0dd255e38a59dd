# Every recipe runs in the project's own environment: `uv run just check`.

# Format, lint, types, floors, tests, schema diff: what CI runs.
check: lint types floors test

# Rewrite what can be rewritten.
fix:
    ruff format .
    ruff check --fix .

lint:
    ruff format --check .
    ruff check .

types:
    mypy

floors:
    lint-imports

# The schema diff is one of the tests. On every core; `just test -n 0` for one after the other.
test *ARGS:
    pytest -n auto --maxprocesses 8 --dist loadgroup {{ARGS}}

# Write warehouse/schema.sql anew after a migration or a change of a view.
schema:
    python -m etl.store.schema > warehouse/schema.sql

# Side by side with the script people write themselves.
benchmark *ARGS:
    python -m benchmarks.end_to_end {{ARGS}}
