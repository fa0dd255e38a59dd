"""Looking at feeds and pages before, or without, subscribing: settings → fetcher → judgements.

Composition like `etl.app`, beside it: asks the web under the home's own policy, hands what comes
to the pure judgements of `etl.feeds`, and writes nothing.
"""

from etl.scouting.check import Checked, check_feeds
from etl.scouting.discover import Candidate, Discovery, discover_feeds

__all__ = ["Candidate", "Checked", "Discovery", "check_feeds", "discover_feeds"]
