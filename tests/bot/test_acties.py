"""The same conversations with the actions in this process and on a real action server over HTTP."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterator

import pytest
import requests

from benchmarks.processen import Proces, free_port, wait_until
from bot.acties import ActionsOverHttp, action_endpoint
from bot.assistent import Assistent
from kennisbank.store import Kennisbank


@pytest.fixture(scope="module")
def actieserver(kb: Kennisbank, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    poort = free_port()
    proces = Proces(
        [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "--port", str(poort)],
        tmp_path_factory.mktemp("acties") / "acties.log",
        omgeving={"SANIC_HOST": "127.0.0.1"},
    )
    try:
        wait_until(lambda: _answers(f"http://127.0.0.1:{poort}/health"), [proces], 60)
        yield f"http://127.0.0.1:{poort}/webhook"
    finally:
        proces.stop()


def _answers(adres: str) -> bool:
    try:
        return requests.get(adres, timeout=2).status_code == 200
    except requests.ConnectionError:
        return False


@pytest.fixture(params=["in dit proces", "over HTTP"])
async def sprekend(
    request: pytest.FixtureRequest, assistent: Assistent, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Assistent]:
    if request.param == "in dit proces":
        yield assistent
        return
    monkeypatch.setenv("ROUTEWIJZER_ACTIES_URL", request.getfixturevalue("actieserver"))
    ander = Assistent.load()
    yield ander
    await ander.close()


async def test_answer_follow_up_form_rejection_button_and_small_talk(sprekend: Assistent) -> None:
    async def zeg(tekst: str) -> str:
        return (await sprekend.zeg("acties", tekst)).tekst

    assert "Wet Wajong" in await zeg("wanneer moeten we ABA aanvragen?")
    assert "Bij 21 jaar:" in await zeg("en als hij al 21 is?")
    eenvoudiger = await sprekend.kies("acties", "/eenvoudiger")
    assert "Wat kun je nu doen?" in eenvoudiger.tekst
    assert "gemeente" in (await zeg("wie is de contactpersoon?")).lower()
    # Turning away from the open form is a rejection by its validation action.
    assert "proefplaatsing" in (await zeg("wat is een proefplaatsing?")).lower()
    assert "Stadskanaal" in await zeg("wie is de contactpersoon in Stadskanaal?")
    assert "Graag gedaan" in await zeg("dankjewel")


async def test_without_the_action_server_the_user_hears_that_it_went_wrong(
    kb: Kennisbank, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROUTEWIJZER_ACTIES_URL", f"http://127.0.0.1:{free_port()}/webhook")
    assistent = Assistent.load()
    beurt = await assistent.zeg("stil", "wanneer moeten we ABA aanvragen?")
    await assistent.close()
    assert "Er ging iets mis aan mijn kant" in beurt.tekst


def test_one_setting_decides_where_actions_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ROUTEWIJZER_ACTIES_URL", raising=False)
    assert not isinstance(action_endpoint(), ActionsOverHttp)
    monkeypatch.setenv("ROUTEWIJZER_ACTIES_URL", "http://127.0.0.1:5055/webhook")
    assert isinstance(action_endpoint(), ActionsOverHttp)
