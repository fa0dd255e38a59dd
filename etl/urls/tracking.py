"""Names that publishers give to how a reader came, never to which page it is."""

from __future__ import annotations

import re

TRACKING_PREFIXES = (
    "utm_",  # Google Analytics, and everybody after it
    "mtm_",
    "piwik_",
    "matomo_",
    "hsa_",  # HubSpot ads
    "at_custom",  # AT Internet (BBC, French and German publishers)
    "at_link_",
    "at_ptr_",
    "at_bbc_",
    "oly_",
    "vero_",
    "guce_",
    "aspsessionid",  # the rest of the name is random
)
"""A query parameter whose name starts so says how a reader came, never which page it is."""

TRACKING_NAMES = frozenset(
    {
        # advertising click ids
        *("fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ysclid"),
        *("twclid", "ttclid", "igshid", "igsh", "_ga", "_gl"),
        # newsletters
        *("mc_cid", "mc_eid", "mkt_tok", "_hsenc", "_hsmi", "emc"),
        # Matomo under its old name; "pk_" alone begins many a primary key
        *("pk_campaign", "pk_kwd", "pk_keyword", "pk_source", "pk_medium", "pk_content", "pk_cid"),
        # campaigns: AT Internet, comScore, Adobe, Webtrends, Bloomberg, Mail, MSN, CBS, FT, Spiegel
        *("at_medium", "at_campaign", "at_campaign_type", "at_format", "at_variant"),
        *("at_creation", "at_platform", "xtor", "s_cid", "wt_mc", "wt.mc_id", "wt_zmc"),
        *("ns_mchannel", "ns_source", "ns_campaign", "ns_linkname", "ns_fee", "ns_mail_uid"),
        *("srnd", "ito", "ocid", "ftag", "ftcamp", "sara_ref"),
        # which feed it was: Reuters, Washington Post
        *("feedtype", "feedname", "wprss"),
        # where the reader was before
        *("ref_src", "ref_url", "traffic_source", "guccounter"),
        # sessions
        *("phpsessid", "jsessionid"),
    }
)
"""Query parameters, by whole name, that say how a reader came."""

TRACKING_WORDS = frozenset({"cmp", "cmpid", "icid", "mbid", "ncid", "smid", "smtyp"})
"""Names that are tracking when their value is words (CMP=share_btn_tw): numbers may be an id."""

RSS_NAMES = frozenset({"partner", "ref", "source", "src", "from", "via", "mod", "cid", "eref"})
"""Names that may be part of a page's address, except with a value like "rss" or "rss_world"."""

_RSS_VALUE = re.compile(r"rss(?![a-z0-9])")


def is_tracking(piece: str) -> bool:
    """Return whether a part of a query, "name=value", says how a reader came."""
    name, _, value = piece.lower().partition("=")
    return (
        name in TRACKING_NAMES
        or name.startswith(TRACKING_PREFIXES)
        or (name in TRACKING_WORDS and not value.isdecimal())
        or (name in RSS_NAMES and _RSS_VALUE.match(value) is not None)
    )
