"""One form for each URL, and one identity for the URLs that mean the same page. Pure.

`canonicalize` is what the warehouse stores; `identity` is only ever compared. URLs are taken apart
as the WHATWG URL standard says browsers do (https://url.spec.whatwg.org), and put into the normal
form of RFC 3986, section 6.2.2. What is taken off beyond that are names publishers give to how a
reader came. In doubt a parameter stays: an article met twice is found by dedup, one whose address
was cut to another's is lost.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from etl.urls.parts import Parts, remember, split_url
from etl.urls.tracking import is_tracking

AMP_PARAMETERS = frozenset({"amp", "amp=1", "amp=true", "outputtype=amp"})
"""Query parameters that ask for the AMP spelling of the same page."""

_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_PLAIN = re.compile(r"[A-Za-z0-9/:@!$&()*+,;=~._?-]*")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_QUERY_SAFE = "%/:@!$&()*+,;=~-._?"
_PATH_SAFE = _QUERY_SAFE.replace("?", "'")
_FRONT_LABEL = re.compile(r"(?:www|m|amp)\.(?=[^.]+\.)")
_SLASHES = re.compile(r"/{2,}")
_JAVA_SESSION = re.compile(r";(?:jsessionid|phpsessid)=[^/;]*", re.IGNORECASE)
_ASP_SESSION = re.compile(r"/\(S\([a-z0-9]{24}\)\)(?=/)", re.IGNORECASE)
_EMPTY_ROUTES = frozenset({"!", "/", "!/"})
_TEXT_FRAGMENT = ":~:"


@remember
def canonicalize(url: str) -> str:
    """Return our normal form of `url`; what is no http(s) URL comes back only stripped.

    Lower-case scheme and host (punycode, IPv4 dotted, no trailing dot), no default port, userinfo,
    session or tracking parameters, dot segments resolved, percent-encoding normalised, the query
    sorted by name unless it has nameless parts, whose order may be an address. The fragment goes,
    except "#!…" and "#/…", which name pages. http and https stay apart here (`identity` joins
    them). Never raises; doing it twice changes nothing.
    """
    parts = split_url(url)
    if parts is None:
        return url.strip()
    return f"{parts.scheme}://{parts.netloc}{_rest(parts)}"


def _rest(parts: Parts) -> str:
    path = _drop_sessions(_normalise_escapes(parts.path, _PATH_SAFE))
    query = "&".join(_clean_query(parts.query))
    route = _normalise_escapes(parts.fragment, _QUERY_SAFE) if _is_route(parts.fragment) else ""
    return _resolve_dots(path) + (f"?{query}" if query else "") + (f"#{route}" if route else "")


@remember
def identity(url: str) -> str:
    """Return what `url` is compared by: two spellings of one page have one identity.

    On top of `canonicalize` it ignores the scheme, leading www., m. and amp. labels, an /amp
    suffix or parameter, doubled slashes, the trailing slash, and how a space is written in the
    query. Not a URL to ask for.
    """
    parts = split_url(canonicalize(url))
    if parts is None:
        return url.strip()
    host = parts.netloc
    while label := _FRONT_LABEL.match(host):
        host = host[label.end() :]
    return host + _page(parts)


@remember
def page_of(url: str) -> str:
    """Return the part of `identity` that follows the host: it stays when a site moves."""
    parts = split_url(canonicalize(url))
    return url.strip() if parts is None else _page(parts)


def _page(parts: Parts) -> str:
    path = _SLASHES.sub("/", parts.path).rstrip("/")
    end = len(path)
    while path.endswith("/amp", 0, end):
        end -= len("/amp")
    path = path[:end]
    pieces = [piece for piece in parts.query.split("&") if piece.lower() not in AMP_PARAMETERS]
    query = "&".join(_sort(pieces)).replace("+", "%20")
    route = f"#{parts.fragment}" if parts.fragment else ""
    return path + (f"?{query}" if query else "") + route


@remember
def fragment_of(url: str) -> str:
    """Return the place on the page that `url` names ("comment-7"), "" where it names none.

    Tracking and quoted text (":~:text=") are none, and what `canonicalize` keeps names pages.
    """
    parts = split_url(url)
    if parts is None or _is_route(parts.fragment):
        return ""
    return "&".join(_clean_query(parts.fragment.partition(_TEXT_FRAGMENT)[0]))


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
    return _sort([piece for piece in pieces if piece and not is_tracking(piece)])


def _sort(pieces: list[str]) -> list[str]:
    """Return `pieces` by name, equal names as they stood; nameless ones keep all in place."""
    if not all("=" in piece for piece in pieces):
        return pieces
    return sorted(pieces, key=lambda piece: piece.partition("=")[0])
