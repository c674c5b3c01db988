"""Writes pages and answers as HTML: the blocks of a `Bericht` with the components of NL Design System."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup, escape

from actions.basis import SLOTVRAAG, payload
from actions.slotvraag import HALF
from bot.bericht import Bericht, Keuze
from kennisbank.answer import MAX_KNOPPEN, Blok, Knop
from kennisbank.current import kennisbank

_MAP = Path(__file__).parent
_KOP_OM = re.compile(r"\*\*(.+)\*\*", re.DOTALL)
_NIET_EENVOUDIG = frozenset({"/meer_uitleg", payload(Knop("", SLOTVRAAG, {"slotkeuze": HALF}))})
"""Choices that the evening school leaves out: the way to a harder text, and a shade between yes and no."""
_ONTHOUDEN = 4096
"""Blocks whose HTML is kept: most are the same for everybody."""
_BELLEN = re.compile(r"(?<![\w.-])(?:112|113|0\d{2,3}-\d{4,7})(?![\w-]|\.\w)")


@dataclass(frozen=True)
class Bestand:
    """A file of the page, small as it goes over the line."""

    inhoud: bytes
    soort: str
    klein: bytes
    versie: str


def lees_bestanden() -> Mapping[str, Bestand]:
    """The style and the scripts of the page, by name."""
    return {pad.name: _bestand(pad) for pad in sorted((_MAP / "bestanden").iterdir())}


def _bestand(pad: Path) -> Bestand:
    inhoud = pad.read_bytes()
    soort = mimetypes.guess_type(pad.name)[0] or "application/octet-stream"
    return Bestand(inhoud, soort, gzip.compress(inhoud, mtime=0), hashlib.sha256(inhoud).hexdigest()[:12])


class Opmaak:
    """The templates, with the texts of the kennisbank and the addresses of the page's own files in reach."""

    def __init__(self, bestanden: Mapping[str, Bestand]) -> None:
        self._jinja = Environment(
            loader=FileSystemLoader(_MAP / "sjablonen"),
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=False,  # they change with the server; to look each time is a call to the system
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._jinja.globals.update(
            t=lambda sleutel, **velden: kennisbank().teksten(sleutel, **velden),
            bestand=lambda naam: f"/webhooks/web/bestand/{naam}?v={bestanden[naam].versie}",
        )
        self._jinja.filters.update(
            blok=als_html,
            kop=_zonder_vet,
            inline=_inline,
            keuzes=_keuzes,
            bellen=partial(_inline, bellen=True),
        )

    def __call__(self, sjabloon: str, **velden: Any) -> str:
        """One filled template."""
        return self._jinja.get_template(sjabloon).render(**velden)

    def berichten(self, berichten: Sequence[Bericht], oordeel: bool, eenvoudig: bool) -> str:
        """What the assistant said in one turn; `eenvoudig` shows at most three choices."""
        return self("berichten.html", berichten=berichten, oordeel=oordeel, eenvoudig=eenvoudig)


def _keuzes(bericht: Bericht, eenvoudig: bool) -> Sequence[Keuze]:
    """The choices under an answer. Where the evening school has more than fit, the answer is typed."""
    if not eenvoudig:
        return bericht.keuzes
    over = [keuze for keuze in bericht.keuzes if keuze.payload not in _NIET_EENVOUDIG]
    return over if len(over) <= MAX_KNOPPEN else []


def als_html(blok: Blok, crisis: bool = False) -> Markup:
    """The Markdown of a block as safe HTML; in a crisis its telephone numbers can be dialled."""
    return _render(blok.tekst, crisis)


@lru_cache(_ONTHOUDEN)
def _render(tekst: str, bellen: bool) -> Markup:
    return Markup(_MARKDOWN.render(tekst, {"bellen": bellen}))


@lru_cache(_ONTHOUDEN)
def _inline(tekst: str, bellen: bool = False) -> Markup:
    return Markup(_MARKDOWN.renderInline(tekst, {"bellen": bellen}))


def _zonder_vet(tekst: str) -> str:
    """The words of a heading, which is bold by being one."""
    treffer = _KOP_OM.fullmatch(tekst.strip())
    return treffer[1] if treffer else tekst


class _Renderer(RendererHTML):
    """Markdown in the components of NL Design System; the methods carry the names of the tokens."""

    def paragraph_open(self, tokens: Sequence[Token], nummer: int, opties: Any, omgeving: Any) -> str:
        """A paragraph."""
        tokens[nummer].attrSet("class", "nl-paragraph")
        return self.renderToken(tokens, nummer, opties, omgeving)

    def code_inline(self, tokens: Sequence[Token], nummer: int, *_: Any) -> str:
        """A code, such as the receipt."""
        return f'<code class="nl-code">{escape(tokens[nummer].content)}</code>'

    def link_open(self, tokens: Sequence[Token], nummer: int, opties: Any, omgeving: Any) -> str:
        """A link to another site opens beside the conversation, which would be gone otherwise."""
        adres = str(tokens[nummer].attrGet("href"))
        if not tokens[nummer + 1].content.startswith("http:"):
            adres = adres.replace("http:", "https:", 1)
        naar_buiten = {"href": adres, "class": "nl-link", "target": "_blank", "rel": "noopener noreferrer"}
        tokens[nummer].attrs = {**naar_buiten}
        return self.renderToken(tokens, nummer, opties, omgeving)

    def text(self, tokens: Sequence[Token], nummer: int, _: Any, omgeving: Any) -> str:
        """Words; telephone numbers among them as links where the reader is to call."""
        tekst = str(escape(tokens[nummer].content))
        return _BELLEN.sub(_bel_link, tekst) if omgeving.get("bellen") else tekst


def _bel_link(nummer: re.Match[str]) -> str:
    return f'<a class="nl-link" href="tel:{re.sub("[- ]", "", nummer[0])}">{nummer[0]}</a>'


_MARKDOWN = MarkdownIt(
    "zero", {"html": False, "breaks": True, "linkify": True}, renderer_cls=_Renderer
).enable(["list", "emphasis", "backticks", "newline", "linkify", "escape"])
