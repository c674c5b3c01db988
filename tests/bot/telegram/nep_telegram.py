"""A small strict fake of Telegram's Bot API on loopback, for what the real counterpart (telemelya) lacks.

It refuses what Telegram refuses: a text or button over its limit, marks outside the text, a method that
it does not have, getUpdates while a webhook is set. Refusals can be ordered too: 400, 403, 429, 5xx.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from telegram.constants import InlineKeyboardButtonLimit, MessageLimit

TOKEN = "424242:nep-token_voor-de-test"
BOT = {"id": 424242, "is_bot": True, "first_name": "Nep", "username": "NepRoutewijzerBot"}


class Geweigerd(Exception):
    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status = status
        self.antwoord: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
        if parameters:
            self.antwoord["parameters"] = parameters


@dataclass
class Aanroep:
    methode: str
    velden: dict[str, Any]
    moment: float = field(default_factory=time.monotonic)


class NepTelegram:
    """Runs in a thread of its own, so that a test may block on the door that talks to it."""

    def __init__(self) -> None:
        self.aanroepen: list[Aanroep] = []
        self.updates: list[dict[str, Any]] = []
        self.webhook = ""
        self._weigeringen: list[tuple[str, Geweigerd | None]] = []
        self._volgend_bericht = 100
        self._loop = asyncio.new_event_loop()
        self._klaar = threading.Event()
        self._draad = threading.Thread(target=self._draai, daemon=True)
        self._draad.start()
        assert self._klaar.wait(10)

    # -- for the test ----------------------------------------------------------------------

    def weiger_na(self, methode: str, goed: int, status: int, description: str) -> None:
        """The call of this method after `goed` good ones is refused."""
        self._weigeringen += [(methode, None)] * goed + [(methode, Geweigerd(status, description))]

    def weiger(self, methode: str, status: int, description: str, keer: int = 1, **parameters: int) -> None:
        """The next calls of this method are refused like this."""
        self._weigeringen += [(methode, Geweigerd(status, description, **parameters))] * keer

    def van(self, *methoden: str) -> list[Aanroep]:
        return [aanroep for aanroep in self.aanroepen if aanroep.methode in methoden]

    def teksten(self, chat: int | None = None) -> list[str]:
        return [a.velden["text"] for a in self.van("sendMessage") if chat in (None, a.velden["chat_id"])]

    def wacht_op(self, waar: Callable[[], Any], wat: str, hoogstens: float = 90) -> Any:
        einde = time.monotonic() + hoogstens
        while time.monotonic() < einde:
            if gevonden := waar():
                return gevonden
            time.sleep(0.02)
        raise AssertionError(f"bleef uit: {wat}; wel gezien: {[a.methode for a in self.aanroepen]}")

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._draad.join(10)

    # -- the server ------------------------------------------------------------------------

    def _draai(self) -> None:
        asyncio.set_event_loop(self._loop)
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{methode}", self._ontvang)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        self._loop.run_until_complete(runner.setup())
        site = web.TCPSite(runner, "127.0.0.1", 0)
        self._loop.run_until_complete(site.start())
        self.adres = f"http://127.0.0.1:{runner.addresses[0][1]}"
        self._klaar.set()
        self._loop.run_forever()
        for taak in asyncio.all_tasks(self._loop):  # somebody may still be waiting for updates
            taak.cancel()
        self._loop.run_until_complete(runner.cleanup())
        self._loop.close()

    async def _ontvang(self, request: web.Request) -> web.Response:
        methode = request.match_info["methode"]
        velden = {**request.query, **{k: _waarde(v) for k, v in (await request.post()).items()}}
        try:
            if request.match_info["token"] != TOKEN:
                raise Geweigerd(401, "Unauthorized")
            self.aanroepen.append(Aanroep(methode, velden))
            self._weiger_zoals_besteld(methode)
            doe = getattr(self, f"_{methode}", None)
            if doe is None:
                raise Geweigerd(404, "Not Found")
            uitkomst = doe(**velden)
            uitkomst = await uitkomst if asyncio.iscoroutine(uitkomst) else uitkomst
        except Geweigerd as fout:
            return web.json_response(fout.antwoord, status=fout.status)
        return web.json_response({"ok": True, "result": uitkomst})

    def _weiger_zoals_besteld(self, methode: str) -> None:
        for nummer, (welke, fout) in enumerate(self._weigeringen):
            if welke == methode:
                del self._weigeringen[nummer]
                if fout:
                    raise fout
                return

    def _getMe(self) -> dict[str, Any]:  # noqa: N802
        return BOT

    def _setWebhook(self, url: str, secret_token: str, allowed_updates: list[str]) -> bool:  # noqa: N802
        self.webhook = url
        return True

    def _deleteWebhook(self) -> bool:  # noqa: N802
        self.webhook = ""
        return True

    def _getWebhookInfo(self) -> dict[str, Any]:  # noqa: N802
        wachtend = len(self.updates)
        return {"url": self.webhook, "has_custom_certificate": False, "pending_update_count": wachtend}

    def _setMyCommands(self, commands: list[dict[str, str]]) -> bool:  # noqa: N802
        for opdracht in commands:
            if not (1 <= len(opdracht["command"]) <= 32 and 1 <= len(opdracht["description"]) <= 256):
                raise Geweigerd(400, "Bad Request: BOT_COMMAND_INVALID")
        return True

    async def _getUpdates(self, offset: str, timeout: str, allowed_updates: str) -> list[Any]:  # noqa: N802
        if self.webhook:
            raise Geweigerd(409, "Conflict: can't use getUpdates method while webhook is active")
        self.updates = [u for u in self.updates if u["update_id"] >= int(offset)]
        for _ in range(int(timeout) * 20):
            if self.updates:
                break
            await asyncio.sleep(0.05)
        return self.updates

    def _sendMessage(self, chat_id: int, text: str, **velden: Any) -> dict[str, Any]:  # noqa: N802
        lengte = len(text.encode("utf-16-le")) // 2
        if not text.strip():
            raise Geweigerd(400, "Bad Request: message text is empty")
        if lengte > MessageLimit.MAX_TEXT_LENGTH:
            raise Geweigerd(400, "Bad Request: message is too long")
        for mark in velden.get("entities", []):
            if not (0 <= mark["offset"] < mark["offset"] + mark["length"] <= lengte):
                raise Geweigerd(400, "Bad Request: entity outside the text")
        return self._bericht(chat_id, velden, text=text)

    def _sendPhoto(self, chat_id: int, photo: bytes, **velden: Any) -> dict[str, Any]:  # noqa: N802
        if len(velden.get("caption", "")) > MessageLimit.CAPTION_LENGTH:
            raise Geweigerd(400, "Bad Request: message caption is too long")
        if not photo.startswith(b"\x89PNG"):
            raise Geweigerd(400, "Bad Request: IMAGE_PROCESS_FAILED")
        return self._bericht(chat_id, velden, photo=[])

    def _bericht(self, chat_id: int, velden: dict[str, Any], **inhoud: Any) -> dict[str, Any]:
        for rij in velden.get("reply_markup", {}).get("inline_keyboard", []):
            for knop in rij:
                grens = InlineKeyboardButtonLimit.MAX_CALLBACK_DATA
                if not 1 <= len(knop["callback_data"].encode()) <= grens:
                    raise Geweigerd(400, "Bad Request: BUTTON_DATA_INVALID")
        self._volgend_bericht += 1
        chat = {"id": chat_id, "type": "private"}
        return {"message_id": self._volgend_bericht, "date": int(time.time()), "chat": chat, **inhoud}

    def _sendChatAction(self, chat_id: int, action: str, **_: Any) -> bool:  # noqa: N802
        return True

    def _answerCallbackQuery(self, callback_query_id: str, **velden: Any) -> bool:  # noqa: N802
        if len(velden.get("text", "")) > 200:
            raise Geweigerd(400, "Bad Request: MESSAGE_TOO_LONG")
        return True

    def _editMessageReplyMarkup(self, chat_id: int, message_id: int, **_: Any) -> bool:  # noqa: N802
        return True


def _waarde(ruw: Any) -> Any:
    if isinstance(ruw, web.FileField):
        return ruw.file.read()
    try:
        return json.loads(ruw)
    except ValueError:
        return ruw
