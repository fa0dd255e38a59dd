"""What sites of many languages stamp, count and announce with.

STAMPS, FILLERS and COUNTED are single tokens: none is news beside a time or a figure alone.
"""

from __future__ import annotations

from etl.words import normalize, tokenize


def _words(table: str) -> frozenset[str]:
    return frozenset(tokenize(normalize(table)))


def _lines(table: str) -> frozenset[str]:
    pieces = (piece for line in table.splitlines() for piece in line.split(","))
    return frozenset(" ".join(tokenize(normalize(piece))) for piece in pieces if piece.strip())


STAMPS = _words("""
    updated update modified revised edited published posted refreshed
    aktualisiert aktualisierung geändert veröffentlicht bearbeitet stand
    actualisé actualisée modifié modifiée publié publiée mis mise
    actualizado actualizada modificado publicado publicada atualizado atualizada
    aggiornato aggiornata aggiornamento modificato pubblicato pubblicata
    bijgewerkt gewijzigd gepubliceerd uppdaterad uppdaterat publicerad publicerat
    oppdatert publisert opdateret publiceret päivitetty julkaistu
    zaktualizowano aktualizacja opublikowano aktualizováno publikováno frissítve
    actualizat publicat güncellendi güncelleme yay\u0131nland\u0131
    обновлено опубликовано изменено оновлено опубліковано
    ενημερώθηκε δημοσιεύθηκε تحديث نشر diperbarui
    更新 公開 発表 发布 發布 작성 업데이트 수정
""")
"""That it was changed or published."""

FILLERS = _words("""
    last first at on the by was is it and of in time read
    zuletzt am um vom der uhr letzte le la à a il y jour dernière
    última ultima el las los alle ore del il dell em às o
    kl den sist senest viimeksi op laatst ostatnia dnia r \u0433 в м год \u043e
    son tarih saat pada に 最終 前 日時
""")
"""What stands between."""

COUNTED = _words("""
    views view viewed comments comment shares shared likes reads reactions replies
    aufrufe kommentare kommentar geteilt mal vues commentaires commentaire partages
    visitas comentarios comentario compartidos visualizações comentários compartilhamentos
    visualizzazioni commenti commento condivisioni weergaven reacties
    visningar kommentarer delningar visninger kommentaarit wyświetleń komentarzy komentarze
    просмотров просмотры комментариев комментарии переглядів коментарів
    görüntülenme yorum vizualizări comentarii
""")
"""What readers do to a page."""

RELATED = _lines("""
    related, related articles, related stories, related posts, related topics, read more, read also
    read next, most read, most popular, most viewed, trending, trending now, more on this story
    you may also like, see also, also read, recommended, editors' picks, latest news
    mehr zum thema, lesen sie auch, meistgelesen, auch interessant
    das könnte sie auch interessieren
    à lire aussi, lire aussi, les plus lus, sur le même sujet
    lo más leído, te puede interesar, noticias relacionadas, lea también, mais lidas, leia também
    leggi anche, i più letti, articoli correlati, lees ook, meest gelezen, läs också, mest läst
    les også, mest lest, læs også, mest læste, lue myös, luetuimmat, czytaj także
    najczęściej czytane
    читайте также, самое читаемое, читайте також, найпопулярніше, ilgili haberler, baca juga
    関連記事, 相关新闻, 관련기사
""")
"""Labels and headings of links to other articles, as tokens joined by spaces."""

NOTICES = _lines("""
    correction, corrections, clarification, erratum, errata, berichtigung, korrektur
    richtigstellung
    rectificatif, correctif, corrección, fe de errores, rectificación, correção, errata corrige
    correzione, rettifica, rectificatie, correctie, rättelse, rettelse, korjaus, oikaisu
    sprostowanie, korekta, oprava, düzeltme, исправление, уточнение, виправлення, уточнення
    koreksi, ralat, 訂正, 更正, 정정
""")
"""Labels of a notice that something was wrong, as tokens joined by spaces."""
