"""How the bot stands at Telegram, for whoever sets it up."""

from __future__ import annotations

from telegram.error import InvalidToken, TelegramError

from bot.kanalen.telegram.deur import maak_bot
from bot.kanalen.telegram.instellingen import TOKEN, Instellingen
from kennisbank.current import kennisbank


async def stand(instellingen: Instellingen) -> tuple[bool, str]:
    """Whether Telegram answered, and what it says about this bot."""
    teksten = kennisbank().teksten
    bot = maak_bot(instellingen)
    try:
        await bot.initialize()
        webhook = await bot.get_webhook_info()
    except InvalidToken:
        return False, teksten("telegram.token_afgewezen", naam=TOKEN)
    except TelegramError as error:
        return False, teksten("telegram.onbereikbaar", reden=type(error).__name__)
    finally:
        await bot.shutdown()
    geen = teksten("telegram.geen")
    return True, teksten(
        "telegram.stand",
        naam=bot.username,
        adres=webhook.url or geen,
        wachtend=webhook.pending_update_count,
        fout=webhook.last_error_message or geen,
    )
