"""One real server with a Teams door, and the stand-in for Microsoft that it talks with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.kanalen.teams import PAD
from kennisbank.store import Kennisbank
from tests.kanalen.teams.microsoft import Microsoft, microsoft
from tests.servers import routewijzer


@pytest.fixture(scope="session")
def ms(kb: Kennisbank, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Microsoft]:
    """Microsoft, with a bot at `ms.doel`."""
    map_ = tmp_path_factory.mktemp("teams")
    with microsoft() as ms, routewijzer(map_, **ms.instellingen) as adres:
        ms.doel = f"{adres}{PAD}"
        yield ms
