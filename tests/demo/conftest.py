"""Four sites of our own, one a layout and one a feed format, with every option in use."""

import pytest

from etl.demo import DemoWeb, Site
from etl.demo.sites import TROUBLED, parse_site, resolve_copies

HARBOUR = '''
host = "harbour-echo.test"
name = "Harbour Echo"
country = "GB"
language = "en"
layout = "classic"
feed = "rss"

[[articles]]
slug = "ferry-returns"
title = "Ferry returns & <em>fares</em> fall"
authors = ["Ada Quill", "Ben Moor"]
published = 2026-11-20T08:15:00+00:00
section = "Local"
keywords = ["ferry", "harbour"]
correction = { find = "on Tuesday", replace = "on Thursday" }
text = """
The ferry sails again on Tuesday, the "Council" said & smiled.

Fares fall by a third,
says the notice at the quay.

Nobody we asked had expected it so soon."""

[[articles]]
slug = "bells"
title = "The bells are back in tune"
published = 2026-11-20T09:00:00+00:00
section = "Culture"
repeats = true
text = """
First we heard one bell.

Then we heard two bells.

Then the third joined in.

Then the whole town listened."""

[[articles]]
slug = "lamp"
title = "A lamp for the pier"
published = 2026-11-21T07:00:00+00:00
section = "Local"
appears = 2
text = "The pier has a lamp."
'''

BERGBLATT = '''
host = "bergblatt.test"
name = "Bergblatt"
country = "AT"
language = "de"
layout = "jsonld"
feed = "atom"

[[articles]]
slug = "seilbahn"
title = "Die Seilbahn fährt </script> wieder"
authors = ["Lena Grat"]
published = 2026-11-19T18:30:00+01:00
section = "Region"
keywords = ["Seilbahn", "Winter"]
paywalled = true
correction = { find = "zwölf", replace = "vierzehn" }
text = """
Die Bahn hat zwölf Kabinen.

Sie fährt bis zum Gipfel.

Das liest nur, wer bezahlt."""

[[articles]]
slug = "schnee"
title = "Schnee bis ins Tal"
published = 2026-11-20T06:00:00+01:00
section = "Wetter"
text = "Es schneit."
'''

CARTA = '''
host = "carta-do-sul.test"
name = "Carta do Sul"
country = "BR"
language = "pt"
layout = "card"
feed = "json"

[[articles]]
slug = "ponte"
title = "A ponte nova abre"
authors = ["Rui Mar", "Eva Sol"]
published = 2026-11-18T10:00:00-03:00
section = "Cidade"
keywords = ["ponte"]
correction = { find = "Um.", replace = "Um só." }
text = """
Um.

Dois vieram. E ficaram.

Três.

Quatro.

Cinco.

Seis.

Sete."""

[[articles]]
slug = "rio"
title = "O rio baixou"
published = 2026-11-18T11:00:00-03:00
section = "Cidade"
text = "O rio baixou."
'''

QUAY = """
host = "quayside-post.test"
name = "Quayside Post"
country = "IE"
language = "en"
layout = "blog"
feed = "sitemap"

[[articles]]
slug = "ferry-again"
title = "Ferry service resumes"
authors = ["Wire Staff"]
published = 2026-11-20T10:00:00+00:00
section = "News"
keywords = ["ferry"]
copy_of = "harbour-echo.test/ferry-returns"
credit = "(Northern Wire) –"
"""

WRITTEN = {
    "harbour-echo.test.toml": HARBOUR,
    "bergblatt.test.toml": BERGBLATT,
    "carta-do-sul.test.toml": CARTA,
    "quayside-post.test.toml": QUAY,
}


@pytest.fixture(scope="session")
def sites() -> tuple[Site, ...]:
    """The four sites and the two in trouble."""
    written = (parse_site(name, toml) for name, toml in WRITTEN.items())
    return (*resolve_copies(written), *TROUBLED)


@pytest.fixture(scope="session")
def web(sites: tuple[Site, ...]) -> DemoWeb:
    """The demo web of the four sites and the two in trouble."""
    return DemoWeb(sites)
