"""One Prefect server for all tests of the flows: it takes half a minute to start."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator

import pytest

from flows.server import OURS

# Before any test module imports Prefect, which then keeps its notes in the user's own folder.
FOLDER = tempfile.TemporaryDirectory(prefix="prefect-")
os.environ.update(OURS, PREFECT_HOME=FOLDER.name)


@pytest.fixture(scope="session")
def prefect_server() -> Iterator[None]:
    """Give the flows a server with an empty database."""
    from prefect.testing.utilities import prefect_test_harness  # noqa: PLC0415 - see above

    with prefect_test_harness(server_startup_timeout=180):
        yield
