"""One form for each URL, and one identity for the URLs that mean the same page. Pure.

`canonicalize` is what the warehouse stores; `identity` is only ever compared.
"""

from __future__ import annotations

import ipaddress
import re
from functools import cache, lru_cache
from typing import NamedTuple
from urllib.parse import quote, urlsplit

import idna
from publicsuffixlist import PublicSuffixList

TRACKING_PREFIXES = (
    "utm_",  # Google Analytics, and everybody after it
    "pk_",
    "mtm_",
    "piwik_",
    "matomo_",
    "hsa_",  # HubSpot ads
    "at_custom",  # AT Internet (BBC, French and German publishers)
    "at_link_",
    "at_ptr_",
    "at_bbc_",
    "ns_",  # comScore (BBC: ns_mchannel, ns_source, ns_campaign, ns_linkname, ns_fee)
    "oly_",
    "vero_",
    "guce_",
)
"""A query parameter whose name starts so says how a reader came, never which page it is."""

TRACKING_NAMES = frozenset(
    {
        # advertising click ids
        *("fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ysclid"),
        *("twclid", "ttclid", "igshid", "igsh", "_ga", "_gl"),
        # newsletters
        *("mc_cid", "mc_eid", "mkt_tok", "_hsenc", "_hsmi", "emc", "ncid"),
        # campaigns: AT Internet, Adobe, Webtrends, Bloomberg, Guardian, Mail, MSN, NYT
        *("at_medium", "at_campaign", "at_campaign_type", "at_format", "at_variant"),
        *("at_creation", "at_platform", "xtor", "cmpid", "cmp", "icid", "s_cid", "wt_mc"),
        *("wt.mc_id", "srnd", "ito", "ocid", "smid", "smtyp", "ftag"),
        # where the reader was before
        *("ref_src", "ref_url", "traffic_source", "guccounter"),
    }
)
"""Query parameters, by whole name, that say how a reader came."""

TRACKING_VALUES = frozenset(
    (name, "rss") for name in ("partner", "ref", "source", "src", "from", "via")
)
"""Names that may be part of a page's address, except with this value (?partner=rss)."""

AMP_PARAMETERS = frozenset({"amp", "amp=1", "amp=true", "outputtype=amp"})
"""Query parameters that ask for the AMP spelling of the same page."""

_DEFAULT_PORTS = {"http": 80, "https": 443}
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PATH_SAFE = "%/:@!$&'()*+,;=~-._"
_QUERY_SAFE = _PATH_SAFE + "?"
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_-])?")
_FRONT_LABEL = re.compile(r"(?:www|m|amp)\.(?=[^.]+\.)")
_SLASHES = re.compile(r"/{2,}")


class _Parts(NamedTuple):
    """A taken-apart http(s) URL; `netloc` is host and non-default port."""

    scheme: str
    host: str
    netloc: str
    path: str
    query: str


@lru_cache(maxsize=16_384)
def canonicalize(url: str) -> str:
    """Return our normal form of `url`; what is no http(s) URL comes back only stripped.

    Lower-case scheme and host (IDNA), no default port, fragment, userinfo or tracking
    parameters, dot segments resolved, percent-encoding normalised, the query sorted by name.
    http and https stay apart here (`identity` joins them). Never raises; doing it twice changes
    nothing.
    """
    parts = _split(url)
    if parts is None:
        return url.strip()
    path = _resolve_dots(_normalise_escapes(parts.path, _PATH_SAFE)) or "/"
    query = _clean_query(parts.query)
    return f"{parts.scheme}://{parts.netloc}{path}" + (f"?{query}" if query else "")


@lru_cache(maxsize=16_384)
def identity(url: str) -> str:
    """Return what `url` is compared by: two spellings of one page have one identity.

    On top of `canonicalize` it ignores the scheme, leading www., m. and amp. labels, an /amp
    suffix or parameter, doubled slashes and the trailing slash. Not a URL to ask for.
    """
    parts = _split(canonicalize(url))
    if parts is None:
        return url.strip()
    host = parts.netloc
    while label := _FRONT_LABEL.match(host):
        host = host[label.end() :]
    path = _SLASHES.sub("/", parts.path).rstrip("/")
    while path.endswith("/amp"):
        path = path.removesuffix("/amp").rstrip("/")
    pieces = [piece for piece in parts.query.split("&") if piece.lower() not in AMP_PARAMETERS]
    query = "&".join(pieces)
    return host + path + (f"?{query}" if query else "")


def is_http_url(text: str) -> bool:
    """Return whether `text` is an absolute http or https URL with a usable host."""
    return _split(text) is not None


def source_of(url: str) -> str:
    """Return the registrable domain of `url` ("bbc.co.uk"), "" where it is no http(s) URL.

    An IP address or a single label is its own source; under a suffix nobody lists
    ("www.name.test") the last two labels are.
    """
    parts = _split(url)
    return _source_of_host(parts.host) if parts else ""


def is_same_site(one: str, other: str) -> bool:
    """Return whether both are http(s) URLs of one source."""
    source = source_of(one)
    return source != "" and source == source_of(other)


@cache
def _suffixes() -> PublicSuffixList:
    # The list bundled with the package, never the network. Private suffixes count, so that two
    # blogs of one host are two sources. (tldextract loads requests: 0.4 s before the first poll.)
    return PublicSuffixList()


@lru_cache(maxsize=4_096)
def _source_of_host(host: str) -> str:
    if host.startswith("[") or _is_ipv4(host):
        return host
    return _suffixes().privatesuffix(host) or host


@lru_cache(maxsize=16_384)
def _split(url: str) -> _Parts | None:
    """Return the parts of `url`, None where it is no http(s) URL."""
    try:
        split = urlsplit(url.strip())
        scheme, port = split.scheme.lower(), split.port
        host = _normalise_host(split.hostname or "")
    except ValueError:  # unbalanced brackets, a port that is no number, a host no IDNA allows
        return None
    if scheme not in _DEFAULT_PORTS or not host:
        return None
    netloc = host if port in (None, _DEFAULT_PORTS[scheme]) else f"{host}:{port}"
    return _Parts(scheme, host, netloc, split.path, split.query)


def _normalise_host(host: str) -> str:
    """Return the lower-case ASCII form of `host`, "" where it cannot be one.

    Raises:
        ValueError: it has characters no host name may have (idna.IDNAError is one).
    """
    if ":" in host:
        return f"[{ipaddress.IPv6Address(host).compressed}]"
    host = host.lower()
    if not host.isascii():
        host = idna.encode(host, uts46=True).decode("ascii")
    host = host.removesuffix(".")
    return host if _HOST.fullmatch(host) and ".." not in host else ""


def _is_ipv4(host: str) -> bool:
    try:
        ipaddress.IPv4Address(host)
    except ValueError:
        return False
    return True


def _normalise_escapes(text: str, safe: str) -> str:
    """Return `text` with unreserved escapes decoded, the others in capitals, the rest encoded."""
    if "%" in text:
        text = _ESCAPE.sub(_normalise_escape, _STRAY_PERCENT.sub("%25", text))
    return quote(text, safe=safe, errors="surrogatepass")


def _normalise_escape(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if character in _UNRESERVED else match[0].upper()


def _resolve_dots(path: str) -> str:
    """Return `path` without "." and ".." segments (RFC 3986, 5.2.4)."""
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            kept = kept[:-1]
        elif segment != ".":
            kept.append(segment)
    is_folder = segments[-1] in {".", ".."}
    return "/" + "/".join(kept) + ("/" if is_folder and kept else "")


def _clean_query(query: str) -> str:
    """Return `query` without tracking, sorted by name; equal names keep their order."""
    pieces = _normalise_escapes(query, _QUERY_SAFE).replace("%20", "+").split("&")
    kept = [piece for piece in pieces if piece and not _is_tracking(piece)]
    return "&".join(sorted(kept, key=lambda piece: piece.partition("=")[0]))


def _is_tracking(piece: str) -> bool:
    name, _, value = piece.lower().partition("=")
    return (
        name in TRACKING_NAMES
        or name.startswith(TRACKING_PREFIXES)
        or (name, value) in TRACKING_VALUES
    )
