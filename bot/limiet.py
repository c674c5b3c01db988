"""How often one sender, and one network address, may write."""

from __future__ import annotations

import asyncio

from limits import RateLimitItem, RateLimitItemPerMinute, parse
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter
from redis.exceptions import RedisError

from bot.opslag.database import OpslagWeg
from bot.settings import InstellingFout, limiet_adres, limiet_gesprek, redis_url
from bot.venster import Venster


class Limiet:
    """Two bounds; counted in Redis where there is one, so that they hold over all servers."""

    def __init__(self, per_gesprek: str, per_adres: str, redis: str = "") -> None:
        self._gesprek, self._adres = _lees(per_gesprek), _lees(per_adres)
        self._gedeeld = bool(redis)
        # The library holds on to a storage only weakly.
        self._bij = storage_from_string(redis) if redis else None
        self._teller: MovingWindowRateLimiter | Venster = (
            MovingWindowRateLimiter(self._bij) if redis else Venster()
        )
        self._geweigerd = Venster()

    @classmethod
    def of_settings(cls) -> Limiet:
        """As the settings say."""
        return cls(limiet_gesprek(), limiet_adres(), redis_url())

    async def mag(self, gesprek: str, adres: str | None) -> bool:
        """Whether one more message is within both bounds; counts it.

        Raises:
            OpslagWeg: Redis cannot be reached.
        """
        if self._gedeeld:
            return await asyncio.to_thread(self._mag, gesprek, adres)
        return self._mag(gesprek, adres)

    def zeg_weigering(self, gesprek: str) -> bool:
        """Whether the refusal may be said: once a minute is enough."""
        return self._geweigerd.hit(RateLimitItemPerMinute(1), gesprek)

    def _mag(self, gesprek: str, adres: str | None) -> bool:
        try:
            return bool(
                self._teller.hit(self._gesprek, "gesprek", gesprek)
                and (adres is None or self._teller.hit(self._adres, "adres", adres))
            )
        except RedisError as error:
            raise OpslagWeg("Redis is nu niet te bereiken.") from error


def _lees(limiet: str) -> RateLimitItem:
    try:
        return parse(limiet)
    except ValueError as error:
        raise InstellingFout(f"'{limiet}' is geen limiet; schrijf bijvoorbeeld 30/minute.") from error
