"""Our Markdown as Telegram shows it: plain text with marked stretches, in parts within Telegram's limits.

Marks travel beside the text instead of in it (`MessageEntity`), so that no text can break them and a
text can be cut anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from telegram import MessageEntity
from telegram.constants import MessageEntityType, MessageLimit

from kennisbank.answer import Blok, Deel

_MARKDOWN = MarkdownIt("zero").enable(["emphasis", "backticks"])
_OPENING = {"strong_open": MessageEntityType.BOLD, "em_open": MessageEntityType.ITALIC}
_PUNT = re.compile(r"^(\s*)- ", re.MULTILINE)

_ALINEA = re.compile(r"\n\s*\n")
_ZINSEINDE = re.compile(r"\n|(?<=[.!?…])[\"'”’)]*\s+(?=[\"'“‘(]?[A-ZÀ-Þ])")
_WOORDEINDE = re.compile(r"\s+")


@dataclass(frozen=True)
class Stuk:
    """Text with its marks; offsets count characters of Python, not yet Telegram's UTF-16."""

    tekst: str
    marks: tuple[MessageEntity, ...] = ()

    def deel(self, begin: int, einde: int) -> Stuk:
        """The text from `begin` to `einde` without white space around it, with the marks that fall in it."""
        ruw = self.tekst[begin:einde]
        begin += len(ruw) - len(ruw.lstrip())
        tekst = ruw.strip()
        marks = []
        for mark in self.marks:
            van = max(mark.offset, begin)
            tot = min(mark.offset + mark.length, begin + len(tekst))
            if van < tot:
                marks.append(MessageEntity(mark.type, van - begin, tot - van))
        return Stuk(tekst, tuple(marks))

    @property
    def entities(self) -> list[MessageEntity]:
        """The marks as Telegram counts them."""
        return list(MessageEntity.adjust_message_entities_to_utf_16(self.tekst, self.marks))


def opgemaakt(blokken: Iterable[Blok]) -> Stuk:
    """The blocks of an answer as one marked text; sources stand in a quotation that folds when long."""
    tekst = ""
    marks: list[MessageEntity] = []
    for blok in blokken:
        stuk = _inline(blok.tekst.strip())
        if not stuk.tekst:
            continue
        tekst += "\n\n" if tekst else ""
        marks += [MessageEntity(m.type, m.offset + len(tekst), m.length) for m in stuk.marks]
        if blok.deel is Deel.BRON:
            soort = MessageEntityType.EXPANDABLE_BLOCKQUOTE
            marks.append(MessageEntity(soort, len(tekst), len(stuk.tekst)))
        tekst += stuk.tekst
    return Stuk(tekst, tuple(marks))


def knip(stuk: Stuk, grens: int = MessageLimit.MAX_TEXT_LENGTH) -> Iterator[Stuk]:
    """Parts that Telegram accepts, cut where a reader would pause: alinea, zin, woord."""
    begin = 0
    while begin < len(stuk.tekst):
        einde = _uiterste_einde(stuk, begin, grens)
        if einde < len(stuk.tekst):
            einde = _rustpunt(stuk.tekst, begin, einde)
        deel = stuk.deel(begin, einde)
        if deel.tekst:
            yield deel
        begin = einde


def utf16_lengte(tekst: str) -> int:
    """The length of a text as Telegram counts it."""
    return len(tekst.encode("utf-16-le")) // 2


def _inline(markdown: str) -> Stuk:
    """Emphasis and code of one block; everything else in it is text."""
    tekst = ""
    marks: list[MessageEntity] = []
    open_: list[int] = []
    for token in _MARKDOWN.parseInline(_PUNT.sub(r"\1• ", markdown))[0].children or []:
        if token.type in _OPENING:
            open_.append(len(tekst))
        elif token.type in ("strong_close", "em_close"):
            begin = open_.pop()
            if begin < len(tekst):
                soort = _OPENING[token.type.replace("close", "open")]
                marks.append(MessageEntity(soort, begin, len(tekst) - begin))
        else:
            if token.type == "code_inline" and token.content:
                marks.append(MessageEntity(MessageEntityType.CODE, len(tekst), len(token.content)))
            tekst += token.content
    return Stuk(tekst, tuple(marks))


def _uiterste_einde(stuk: Stuk, begin: int, grens: int) -> int:
    """The furthest end at which text and marks since `begin` are still within the limits."""
    einde = lengte = 0
    for einde in range(begin, len(stuk.tekst)):
        lengte += 2 if ord(stuk.tekst[einde]) > 0xFFFF else 1
        if lengte > grens:
            break
    else:
        einde = len(stuk.tekst)
    begonnen = sorted(m.offset for m in stuk.marks if m.offset + m.length > begin)
    if len(begonnen) > MessageLimit.MESSAGE_ENTITIES:
        einde = min(einde, max(begonnen[MessageLimit.MESSAGE_ENTITIES], begin + 1))
    return einde


def _rustpunt(tekst: str, begin: int, einde: int) -> int:
    """The best place to cut between `begin` and `einde`; an alinea only if that keeps half of what fits."""
    alinea = _laatste(_ALINEA, tekst, begin, einde)
    if alinea and alinea - begin >= (einde - begin) // 2:
        return alinea
    return (
        _laatste(_ZINSEINDE, tekst, begin, einde)
        or alinea
        or _laatste(_WOORDEINDE, tekst, begin, einde)
        or einde
    )


def _laatste(patroon: re.Pattern[str], tekst: str, begin: int, einde: int) -> int | None:
    """Where the last match ends whose text before it fits; None when cutting there leaves nothing."""
    # White space after the last word that fits is dropped, so the match may reach past the end.
    gevonden = [
        t.end()
        for t in patroon.finditer(tekst, begin, min(len(tekst), einde + 2))
        if t.start() <= einde and tekst[begin : t.start()].strip()
    ]
    return gevonden[-1] if gevonden else None
