"""Making articles anew from the archive: some of them (`replay`), or a warehouse (`rebuild`).

Beside `app`, which composes a run: here the same rooms are composed without a fetcher.
"""

from etl.renewal.flow import Renewal, Renewed, renew
from etl.renewal.scope import Scope

__all__ = ["Renewal", "Renewed", "Scope", "renew"]
