"""One form for each URL, and one identity for the URLs that mean the same page. Pure.

`canonicalize` is what the warehouse stores; `identity` is only ever compared. URLs are taken apart
as the WHATWG URL standard says browsers do (https://url.spec.whatwg.org), and put into the normal
form of RFC 3986, section 6.2.2. What is taken off beyond that are names publishers give to how a
reader came. In doubt a parameter stays: an article met twice is found by dedup, one whose address
was cut to another's is lost.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from functools import cache, lru_cache, wraps
from typing import NamedTuple, TypeVar
from urllib.parse import quote, unquote

import idna
from publicsuffixlist import PublicSuffixList

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

AMP_PARAMETERS = frozenset({"amp", "amp=1", "amp=true", "outputtype=amp"})
"""Query parameters that ask for the AMP spelling of the same page."""

CACHED_CHARS = 1_000
"""Longer URLs are worked out each time: caches full of a hostile feed's would cost gigabytes."""

_DEFAULT_PORTS = {"http": 80, "https": 443}
_LAST_PORT = 65_535
_IPV4_BYTES = 4
_URL = re.compile(
    r"(https?):[/\\]*([^/\\?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.IGNORECASE | re.DOTALL
)
_PORT = re.compile(r"(?s:(.*)):([0-9]{0,6})")
_CONTROLS_AND_SPACE = "".join(map(chr, range(0x21)))
_LINE_BREAKS = str.maketrans("", "", "\t\n\r")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_PLAIN = re.compile(r"[A-Za-z0-9/:@!$&()*+,;=~._?-]*")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_QUERY_SAFE = "%/:@!$&()*+,;=~-._?"
_PATH_SAFE = _QUERY_SAFE.replace("?", "'")
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_-])?")
_NUMBER_HOST = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)")
_FRONT_LABEL = re.compile(r"(?:www|m|amp)\.(?=[^.]+\.)")
_SLASHES = re.compile(r"/{2,}")
_JAVA_SESSION = re.compile(r";(?:jsessionid|phpsessid)=[^/;]*", re.IGNORECASE)
_ASP_SESSION = re.compile(r"/\(S\([a-z0-9]{24}\)\)(?=/)", re.IGNORECASE)
_EMPTY_ROUTES = frozenset({"!", "/", "!/"})
_RSS_VALUE = re.compile(r"rss(?![a-z0-9])")
_TEXT_FRAGMENT = ":~:"

T = TypeVar("T")


def _remember(work_out: Callable[[str], T]) -> Callable[[str], T]:
    """Return `work_out` with a memory of the URLs of ordinary length."""
    remembered = lru_cache(maxsize=16_384)(work_out)

    @wraps(work_out)
    def ask(url: str) -> T:
        return remembered(url) if len(url) <= CACHED_CHARS else work_out(url)

    return ask


class _Parts(NamedTuple):
    """A taken-apart http(s) URL; `netloc` is host and non-default port, `path` begins with "/"."""

    scheme: str
    host: str
    netloc: str
    path: str
    query: str
    fragment: str


@_remember
def canonicalize(url: str) -> str:
    """Return our normal form of `url`; what is no http(s) URL comes back only stripped.

    Lower-case scheme and host (punycode, IPv4 dotted, no trailing dot), no default port, userinfo,
    session or tracking parameters, dot segments resolved, percent-encoding normalised, the query
    sorted by name unless it has nameless parts, whose order may be an address. The fragment goes,
    except "#!…" and "#/…", which name pages. http and https stay apart here (`identity` joins
    them). Never raises; doing it twice changes nothing.
    """
    parts = _split(url)
    if parts is None:
        return url.strip()
    return f"{parts.scheme}://{parts.netloc}{_rest(parts)}"


def _rest(parts: _Parts) -> str:
    path = _drop_sessions(_normalise_escapes(parts.path, _PATH_SAFE))
    query = "&".join(_clean_query(parts.query))
    route = _normalise_escapes(parts.fragment, _QUERY_SAFE) if _is_route(parts.fragment) else ""
    return _resolve_dots(path) + (f"?{query}" if query else "") + (f"#{route}" if route else "")


@_remember
def identity(url: str) -> str:
    """Return what `url` is compared by: two spellings of one page have one identity.

    On top of `canonicalize` it ignores the scheme, leading www., m. and amp. labels, an /amp
    suffix or parameter, doubled slashes, the trailing slash, and how a space is written in the
    query. Not a URL to ask for.
    """
    parts = _split(canonicalize(url))
    if parts is None:
        return url.strip()
    host = parts.netloc
    while label := _FRONT_LABEL.match(host):
        host = host[label.end() :]
    return host + _page(parts)


@_remember
def page_of(url: str) -> str:
    """Return the part of `identity` that follows the host: it stays when a site moves."""
    parts = _split(canonicalize(url))
    return url.strip() if parts is None else _page(parts)


def _page(parts: _Parts) -> str:
    path = _SLASHES.sub("/", parts.path).rstrip("/")
    end = len(path)
    while path.endswith("/amp", 0, end):
        end -= len("/amp")
    path = path[:end]
    pieces = [piece for piece in parts.query.split("&") if piece.lower() not in AMP_PARAMETERS]
    query = "&".join(_sort(pieces)).replace("+", "%20")
    route = f"#{parts.fragment}" if parts.fragment else ""
    return path + (f"?{query}" if query else "") + route


@_remember
def fragment_of(url: str) -> str:
    """Return the place on the page that `url` names ("comment-7"), "" where it names none.

    Tracking and quoted text (":~:text=") are none, and what `canonicalize` keeps names pages.
    """
    parts = _split(url)
    if parts is None or _is_route(parts.fragment):
        return ""
    return "&".join(_clean_query(parts.fragment.partition(_TEXT_FRAGMENT)[0]))


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


@_remember
def _split(url: str) -> _Parts | None:
    """Return the parts of `url`, None where it is no http(s) URL."""
    match = _URL.fullmatch(url.strip().strip(_CONTROLS_AND_SPACE).translate(_LINE_BREAKS))
    if match is None:
        return None
    scheme, authority, path, query, fragment = match.groups(default="")
    scheme = scheme.lower()
    # "user:secret@": browsers do not show it, and a page is the same with or without.
    host, port = authority.rpartition("@")[2], _DEFAULT_PORTS[scheme]
    if found := _PORT.fullmatch(host):
        host, port = found[1], int(found[2] or port)
    try:
        host = _normalise_host(host)
    except ValueError:  # unbalanced brackets, characters no host may have
        return None
    if not host or port > _LAST_PORT:
        return None
    netloc = host if port == _DEFAULT_PORTS[scheme] else f"{host}:{port}"
    return _Parts(scheme, host, netloc, path.replace("\\", "/") or "/", query, fragment)


def _normalise_host(host: str) -> str:
    """Return the lower-case ASCII form of `host`, "" where it cannot be one.

    Raises:
        ValueError: it has characters no host name may have (idna.IDNAError is one), or is a
            number but no address.
    """
    if host.startswith("["):
        return f"[{_compress_ipv6(host)}]"
    if "%" in host:
        host = unquote(host, errors="strict")
    host = host.lower()
    if not host.isascii():
        # Not idna.encode: browsers follow UTS 46 alone, which has symbols (☃.net) idna refuses.
        mapped = idna.uts46_remap(host, std3_rules=False, transitional=False)
        host = ".".join(_to_ascii(label) for label in mapped.split("."))
    host = host.removesuffix(".")
    if _NUMBER_HOST.fullmatch(host):
        return _dot_ipv4(host)
    return host if _HOST.fullmatch(host) and ".." not in host else ""


def _to_ascii(label: str) -> str:
    return label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")


def _compress_ipv6(host: str) -> str:
    """Return the IPv6 address in brackets `host` without them, as RFC 5952 and browsers write it.

    Raises:
        ValueError: it is none, or one with a zone, which only its own machine understands.
    """
    if not host.endswith("]") or "%" in host:
        raise ValueError(host)
    number = int(ipaddress.IPv6Address(host[1:-1]))
    # Python 3.13 writes addresses mapped from IPv4 with dots, others do not: so not its own form.
    groups = [f"{number >> shift & 0xFFFF:x}" for shift in range(112, -16, -16)]
    text = ":".join(groups)
    zeros = max(re.findall(r"(?:\b0(?::0)+\b)", text), key=len, default="")
    if not zeros:
        return text
    before, after = re.split(rf"(?<![0-9a-f]){zeros}(?![0-9a-f])", text, maxsplit=1)
    return f"{before.rstrip(':')}::{after.lstrip(':')}"


def _dot_ipv4(host: str) -> str:
    """Return the IPv4 address `host` spells in decimal, octal or hex, in one number to four.

    Raises:
        ValueError: it spells none.
    """
    numbers = [_read_number(part) for part in host.split(".")]
    *first, last = numbers
    if any(number >= 1 << 8 for number in first) or len(numbers) > _IPV4_BYTES:
        raise ValueError(host)
    if last >= 1 << 8 * (_IPV4_BYTES - len(first)):
        raise ValueError(host)
    total = last + sum(number << 8 * (3 - at) for at, number in enumerate(first))
    return str(ipaddress.IPv4Address(total))


def _read_number(text: str) -> int:
    if text.startswith("0x"):
        return int(text[2:] or "0", 16)
    return int(text, 8 if text.startswith("0") else 10)


def _is_ipv4(host: str) -> bool:
    return _NUMBER_HOST.fullmatch(host) is not None


def _normalise_escapes(text: str, safe: str) -> str:
    """Return `text` with unreserved escapes decoded, the others in capitals, the rest encoded."""
    if _PLAIN.fullmatch(text):
        return text
    if "%" in text:
        text = _ESCAPE.sub(_normalise_escape, _STRAY_PERCENT.sub("%25", text))
    return quote(text, safe=safe, errors="surrogatepass")


def _normalise_escape(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if character in _UNRESERVED else match[0].upper()


def _drop_sessions(path: str) -> str:
    if ";" in path:
        path = _JAVA_SESSION.sub("", path)
    return _ASP_SESSION.sub("", path) if "(" in path else path


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


def _is_route(fragment: str) -> bool:
    """Return whether `fragment` names a page of a site that is one script: "#!/a", "#/a"."""
    return fragment.startswith(("!", "/")) and fragment not in _EMPTY_ROUTES


def _clean_query(query: str) -> list[str]:
    """Return the parts of `query` without tracking, in order."""
    pieces = _normalise_escapes(query, _QUERY_SAFE).split("&")
    return _sort([piece for piece in pieces if piece and not _is_tracking(piece)])


def _sort(pieces: list[str]) -> list[str]:
    """Return `pieces` by name, equal names as they stood; nameless ones keep all in place."""
    if not all("=" in piece for piece in pieces):
        return pieces
    return sorted(pieces, key=lambda piece: piece.partition("=")[0])


def _is_tracking(piece: str) -> bool:
    name, _, value = piece.lower().partition("=")
    return (
        name in TRACKING_NAMES
        or name.startswith(TRACKING_PREFIXES)
        or (name in TRACKING_WORDS and not value.isdecimal())
        or (name in RSS_NAMES and _RSS_VALUE.match(value) is not None)
    )
