"""Draws the golden conversation for docs/: `python -m tests.bot.telegram.plaat`.

What telemelya recorded is laid out as a chat by Chromium; it is no picture of Telegram itself.
"""

from __future__ import annotations

import html
import shutil
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright
from telegram import Chat, Message, MessageEntity

from bot.settings import PROJECT_MAP
from tests.bot.telegram.tegenhanger import Telemelya, gesprek, tegenhanger

PLAAT = PROJECT_MAP / "docs" / "beheer" / "telegram-gesprek.png"
_STIJL = """
body { font: 15px/1.4 sans-serif; background: #d7e3ec; margin: 0; padding: 12px; width: 560px }
div { border-radius: 12px; padding: 8px 12px; margin: 6px 0; white-space: pre-wrap }
div { background: #fff; max-width: 460px }
.jij { background: #dcf8c6; margin-left: auto; width: fit-content }
blockquote { border-left: 3px solid #3a7ca5; margin: 0; padding-left: 8px; color: #333 }
span { display: inline-block; background: #3a7ca5; color: #fff; border-radius: 8px }
span { padding: 4px 10px; margin: 6px 6px 0 0 }
"""


def teken() -> None:
    """Has the conversation and draws it."""
    with tempfile.TemporaryDirectory() as map_, tegenhanger(Path(map_)) as adres:
        jan = Telemelya(adres, chat=int(datetime.now().timestamp() * 1000))
        gesprek(jan)
    stukken = [_jij(stap) if isinstance(stap, str) else _bot(stap) for stap in jan.verloop]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        pagina = browser.new_page(viewport={"width": 584, "height": 200})
        pagina.set_content(f"<meta charset=utf-8><style>{_STIJL}</style>{''.join(stukken)}")
        pagina.screenshot(path=PLAAT, full_page=True)
        browser.close()
    with Image.open(PLAAT) as ruw:
        ruw.convert("P", palette=Image.Palette.ADAPTIVE, colors=16).save(PLAAT, optimize=True)


def _jij(tekst: str) -> str:
    return f"<div class=jij>{html.escape(tekst)}</div>"


def _bot(bericht: dict[str, Any]) -> str:
    marks = [MessageEntity.de_json(mark, None) for mark in bericht["raw"].get("entities", [])]
    message = Message(1, datetime.now(), Chat(1, "private"), text=bericht["text"], entities=marks)
    rijen = (bericht["reply_markup"] or {}).get("inline_keyboard", [])
    knoppen = "".join(f"<span>{html.escape(knop['text'])}</span>" for rij in rijen for knop in rij)
    return f"<div>{message.text_html}<br>{knoppen}</div>"


if __name__ == "__main__":
    teken()
