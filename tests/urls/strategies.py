"""What may be written where a URL should stand."""

from __future__ import annotations

from hypothesis import strategies as st

URL_CHARACTERS = st.text(
    alphabet="htps:/@.[]?&=#%aAzZ019~-_+;!()\\' é日ß。\u200d\ud800\n\x00", max_size=40
)
URLS = st.one_of(
    st.text(max_size=40),
    URL_CHARACTERS,
    st.builds(
        "{}://{}{}".format,
        st.sampled_from(["http", "https", "HTTP", "ftp"]),
        st.sampled_from(
            ["Example.COM", "www.m.bbc.co.uk:80", "a@b.test:8080", "bücher.de", "[::1]", "0x7f.1"]
        ),
        URL_CHARACTERS,
    ),
)
