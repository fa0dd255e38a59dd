# ruff: noqa: RUF001 - Ukrainian is written in Cyrillic, French with a typographic apostrophe.
"""The words around an article, in the languages of the demo web."""

from __future__ import annotations

from dataclasses import dataclass

from etl.demo.sites import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """What buttons, boxes and by-lines say; `remarks` is what readers wrote below an article."""

    home: str
    by: str
    updated: str
    share: str
    subscribe: str
    related: str
    read_more: str
    comments: str
    remarks: tuple[str, str]
    newsletter: str
    pitch: str
    paywall: str
    cookies: str
    accept: str
    search: str
    photo: str
    tags: str
    rights: str


_EN = Phrases(
    home="Home",
    by="By",
    updated="Updated",
    share="Share",
    subscribe="Subscribe",
    related="Related stories",
    read_more="Read more:",
    comments="Comments",
    remarks=("Thank you for covering this.", "I wonder what took them so long."),
    newsletter="Our newsletter",
    pitch="The day in five minutes, in your inbox every morning.",
    paywall="Subscribe to keep reading. Already a subscriber? Sign in.",
    cookies="We use cookies to remember your choices.",
    accept="Accept all",
    search="Search",
    photo="Photo",
    tags="Tags",
    rights="All rights reserved.",
)
_DE = Phrases(
    home="Startseite",
    by="Von",
    updated="Aktualisiert",
    share="Teilen",
    subscribe="Abonnieren",
    related="Mehr zum Thema",
    read_more="Lesen Sie auch:",
    comments="Kommentare",
    remarks=("Danke für den Bericht.", "Das wurde aber auch Zeit."),
    newsletter="Unser Newsletter",
    pitch="Der Tag in fünf Minuten, jeden Morgen in Ihrem Postfach.",
    paywall="Weiterlesen mit einem Abo. Sie haben schon eines? Melden Sie sich an.",
    cookies="Wir verwenden Cookies, um uns Ihre Auswahl zu merken.",
    accept="Alle akzeptieren",
    search="Suche",
    photo="Foto",
    tags="Schlagwörter",
    rights="Alle Rechte vorbehalten.",
)
_FR = Phrases(
    home="Accueil",
    by="Par",
    updated="Mis à jour le",
    share="Partager",
    subscribe="S’abonner",
    related="À lire aussi",
    read_more="Lire aussi :",
    comments="Commentaires",
    remarks=("Merci pour cet article.", "Il était temps d’en parler."),
    newsletter="Notre lettre d’information",
    pitch="La journée en cinq minutes, chaque matin dans votre boîte.",
    paywall="Abonnez-vous pour lire la suite. Déjà abonné ? Connectez-vous.",
    cookies="Nous utilisons des cookies pour retenir vos choix.",
    accept="Tout accepter",
    search="Rechercher",
    photo="Photo",
    tags="Mots-clés",
    rights="Tous droits réservés.",
)
_ES = Phrases(
    home="Portada",
    by="Por",
    updated="Actualizado el",
    share="Compartir",
    subscribe="Suscríbete",
    related="Noticias relacionadas",
    read_more="Lee también:",
    comments="Comentarios",
    remarks=("Gracias por contarlo.", "Ya era hora de que alguien lo dijera."),
    newsletter="Nuestro boletín",
    pitch="El día en cinco minutos, cada mañana en tu correo.",
    paywall="Suscríbete para seguir leyendo. ¿Ya tienes cuenta? Inicia sesión.",
    cookies="Usamos cookies para recordar tus preferencias.",
    accept="Aceptar todo",
    search="Buscar",
    photo="Foto",
    tags="Etiquetas",
    rights="Todos los derechos reservados.",
)
_PT = Phrases(
    home="Início",
    by="Por",
    updated="Atualizado em",
    share="Compartilhar",
    subscribe="Assinar",
    related="Notícias relacionadas",
    read_more="Leia também:",
    comments="Comentários",
    remarks=("Obrigado pela reportagem.", "Já não era sem tempo."),
    newsletter="Nossa newsletter",
    pitch="O dia em cinco minutos, toda manhã no seu e-mail.",
    paywall="Assine para continuar lendo. Já é assinante? Entre na sua conta.",
    cookies="Usamos cookies para lembrar suas escolhas.",
    accept="Aceitar tudo",
    search="Pesquisar",
    photo="Foto",
    tags="Etiquetas",
    rights="Todos os direitos reservados.",
)
_IT = Phrases(
    home="Prima pagina",
    by="Di",
    updated="Aggiornato il",
    share="Condividi",
    subscribe="Abbonati",
    related="Articoli correlati",
    read_more="Leggi anche:",
    comments="Commenti",
    remarks=("Grazie per averne parlato.", "Era ora che qualcuno lo dicesse."),
    newsletter="La nostra newsletter",
    pitch="La giornata in cinque minuti, ogni mattina nella tua casella.",
    paywall="Abbonati per continuare a leggere. Sei già abbonato? Accedi.",
    cookies="Usiamo i cookie per ricordare le tue scelte.",
    accept="Accetta tutto",
    search="Cerca",
    photo="Foto",
    tags="Argomenti",
    rights="Tutti i diritti riservati.",
)
_UK = Phrases(
    home="Головна",
    by="Автор:",
    updated="Оновлено",
    share="Поділитися",
    subscribe="Підписатися",
    related="Читайте за темою",
    read_more="Читайте також:",
    comments="Коментарі",
    remarks=("Дякую за матеріал.", "Давно пора було про це написати."),
    newsletter="Наша розсилка",
    pitch="День за п’ять хвилин щоранку у вашій пошті.",
    paywall="Передплатіть, щоб читати далі. Вже маєте передплату? Увійдіть.",
    cookies="Ми використовуємо файли cookie, щоб запам’ятати ваш вибір.",
    accept="Прийняти все",
    search="Пошук",
    photo="Фото",
    tags="Теги",
    rights="Усі права захищено.",
)

PHRASES: dict[Language, Phrases] = {
    "en": _EN,
    "de": _DE,
    "fr": _FR,
    "es": _ES,
    "pt": _PT,
    "it": _IT,
    "uk": _UK,
}
"""The phrases of each language (ISO 639-1) a demo site may be written in."""
