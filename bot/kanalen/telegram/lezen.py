"""What an update of Telegram says, and whether it is said to us."""

from __future__ import annotations

import hashlib
import hmac

from telegram import Bot, Message
from telegram.constants import ChatType, MessageEntityType

from bot.opdrachten import herken

_VERMELDINGEN: list[str | None] = [MessageEntityType.MENTION, MessageEntityType.TEXT_MENTION]


def getypt(message: Message, bot: Bot) -> str | None:
    """The typed text without our own name in it; None for a picture, a voice message and the like."""
    tekst = message.text or message.caption
    if tekst is None:
        return None
    for vermelding in _vermeldingen(message, bot):
        tekst = tekst.replace(vermelding, " ")
    return tekst.strip() or None


def is_groep(message: Message) -> bool:
    """Whether others read along."""
    return message.chat.type in (ChatType.GROUP, ChatType.SUPERGROUP)


def aangesproken(message: Message, bot: Bot) -> bool:
    """Whether a message in a group is meant for us: our name, a reply to us, or a command of ours."""
    antwoord_op = message.reply_to_message
    if antwoord_op and antwoord_op.from_user and antwoord_op.from_user.id == bot_id(bot):
        return True
    if _vermeldingen(message, bot):
        return True
    woord = (message.text or "").split(maxsplit=1)[:1]
    naam, _, voor_wie = (woord[0] if woord else "").partition("@")
    return herken(naam) is not None and voor_wie.lower() in ("", _gebruikersnaam(bot))


def bericht_id(message: Message, bot: Bot) -> str:
    """The same for every delivery of the same text of the same message, however often and in which update.

    An edit that changes no text (a link got its preview) is thereby no new message. The text is in it
    under a key: it is stored, and a number that somebody typed must not be found again by trying.
    """
    tekst = message.text or message.caption or ""
    vinger = hmac.new(bot.token.encode(), tekst.encode(), hashlib.sha256).hexdigest()[:16]
    return f"{bot_id(bot)}:{message.chat.id}:{message.message_id}:{vinger}"


def bot_id(bot: Bot) -> int:
    """Our own id; it is the first part of the token, so known without asking Telegram."""
    return int(bot.token.partition(":")[0])


def _vermeldingen(message: Message, bot: Bot) -> list[str]:
    """Where our name stands in the text, as written there."""
    if message.text:
        gevonden = message.parse_entities(_VERMELDINGEN)
    else:
        gevonden = message.parse_caption_entities(_VERMELDINGEN)
    return [
        tekst
        for entity, tekst in gevonden.items()
        if (entity.user and entity.user.id == bot_id(bot)) or tekst[1:].lower() == _gebruikersnaam(bot)
    ]


def _gebruikersnaam(bot: Bot) -> str | None:
    """Our name in lower case; None as long as Telegram has not told it."""
    try:
        return bot.username.lower()
    except RuntimeError:
        return None
