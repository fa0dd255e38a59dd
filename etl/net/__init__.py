"""Asks the web, politely and safely: the only room that opens connections or retries HTTP.

    Request → robots → turn (politeness) → guard → exchange → Answer

`WebFetcher` is the port `Fetcher`; `FetchPolicy` is everything about it that can be set.
"""

from etl.net.fetch import WebFetcher
from etl.net.policy import FetchPolicy

__all__ = ["FetchPolicy", "WebFetcher"]
