"""One question on its whole way: asked and not answered, seen by an editor, published, asked again."""

from __future__ import annotations

import html
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.kennisvraag import ActionBeantwoord
from bot.assistent import Assistent
from bot.nlu.component import KennisbankBegrijper
from bot.nlu.importer import herkomst
from bot.nlu.language import Taalkennis
from bot.nlu.understanding import KENNISVRAAG, Understanding, Voorbeeld
from bot.settings import PROJECT_MAP
from kennisbank import current
from kennisbank.model import Artikel, Doelgroep
from kennisbank.reader import Inhoud, read_inhoud
from kennisbank.search.synonyms import read_synoniemen
from kennisbank.settings import DATA_MAP
from kennisbank.store import build
from tests.redactie.conftest import Proef, fouten_in, pas_toe

VRAAG = "Mag mijn cavia mee naar kantoor?"
TITEL = "Mag een huisdier mee naar het werk?"
ID = "mag-een-huisdier-mee-naar-het-werk"
THEMA = "werk"
TEKST = {
    Doelgroep.PROFESSIONAL: "De werkgever bepaalt of een huisdier op de werkplek mag komen.",
    Doelgroep.OUD_LEERLING: "Je baas beslist of je dier mee mag. **Wat kun je nu doen?** Vraag het je baas.",
    Doelgroep.COACH: "Waarvoor: een huisdier mag alleen mee als de werkgever dat goedvindt.",
}
MEER_VRAGEN = [
    "mag mijn hond mee naar het werk",
    "mag de kat mee naar kantoor",
    "huisdier op de werkvloer toegestaan?",
    "kan een leerling zijn hond meenemen naar de stageplek",
    "de baas wil geen dieren op de zaak, mag dat",
    "mag ik me konijn meenemen naar stage",
    "dieren op het werk, wie beslist daarover",
    "hondje mee naar me baan mag dat",
    "wie bepaalt of een huisdier mee mag naar de werkplek",
    "mijn hamster kan niet alleen thuis, mag hij mee naar werk",
]
"""What the editor writes under the first one, as the guide asks."""
VAN_ANDER_THEMA = "pgb"
DEEL = 25
"""One in so many of all other sentences is learned: enough to tell what is no question of this theme."""


@pytest.fixture
def los_van_de_andere(kb: object) -> Iterator[None]:
    """This process has one kennisbank at a time; afterwards it is the usual one again."""
    yield
    _heropen()


async def test_an_unanswered_question_becomes_a_published_answer(
    proef: Proef,
    assistent: Assistent,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    los_van_de_andere: None,
) -> None:
    beurt = await assistent.op(proef.database).zeg("vraag-tot-artikel", f"Ik heet Kees Jansen. {VRAAG}")
    assert beurt.uitslag["uitkomst"] == "buiten_bereik"

    bezoek = proef.bezoek()
    vragen = html.unescape(bezoek.get(proef.adres, timeout=30).text)
    assert VRAAG in vragen and "Jansen" not in vragen
    formulier = bezoek.post(f"{proef.adres}/artikel", data={"vraag": VRAAG}, timeout=30).text
    assert f'name="vraag" value="{VRAAG}"' in formulier
    gemaakt = bezoek.post(f"{proef.adres}/voorstel/artikel", data=_ingevuld(), timeout=120)
    assert gemaakt.status_code == 201

    project = pas_toe(tmp_path)
    bestand = project / "kennisbank" / "artikelen" / THEMA / f"{ID}.md"
    _schrijf_meer_vragen(bestand)
    assert fouten_in(project) == []

    url = f"sqlite:///{tmp_path / 'kennisbank.db'}"
    inhoud = read_inhoud(project / "kennisbank")
    assert build(url, inhoud)
    monkeypatch.setenv("ROUTEWIJZER_DATABASE_URL", url)
    _heropen()
    component = _geleerd(inhoud, tmp_path)
    antwoord = _vraag(component, VRAAG)
    assert TITEL in antwoord and TEKST[Doelgroep.PROFESSIONAL] in antwoord
    assert TITEL not in _vraag(component, "hoe meld ik me ziek op stage?")
    _lees_door(component, na=VAN_ANDER_THEMA)


def _lees_door(component: KennisbankBegrijper, na: str) -> None:
    """A button may give an article that the model did not learn: what follows is still read."""
    bericht = Message({TEXT: "en wie regelt dat dan?", "metadata": {"context": {"artikel": na}}})
    component.process([bericht])
    assert bericht.get(INTENT)["name"]


def _ingevuld() -> dict[str, str]:
    return {
        "titel": TITEL,
        "knop": "huisdier mee naar het werk",
        "vraag": VRAAG,
        "doelgroep": "oud-leerling",
        "thema": THEMA,
        "zekerheid": "laag",
        "lokaal": "nee",
        "bron": next(iter(read_inhoud().bronnen)),
        **{f"tekst-{doelgroep.value}": tekst for doelgroep, tekst in TEKST.items()},
    }


def _schrijf_meer_vragen(bestand: Path) -> None:
    """What an editor does in the file before publishing."""
    oud = bestand.read_text(encoding="utf-8")
    regel = f"  - {VRAAG}\n"
    assert oud.count(regel) == 1
    bestand.write_text(
        oud.replace(regel, regel + "".join(f"  - {vraag}\n" for vraag in MEER_VRAGEN)), encoding="utf-8"
    )


def _heropen() -> None:
    """What a restart of the server does: the kennisbank is read anew."""
    current.kennisbank.cache_clear()
    current.schrijver.cache_clear()
    current.leermeester.cache_clear()


def _geleerd(inhoud: Inhoud, map_: Path) -> KennisbankBegrijper:
    """The component of the model, trained on the theme and on a part of everything else."""
    taal = Taalkennis(current.kennisbank())
    bekend = map_ / "zinnen.npz"
    if (DATA_MAP / "cache" / "zinnen.npz").exists():
        shutil.copy(DATA_MAP / "cache" / "zinnen.npz", bekend)
    taal.remember_vectors(bekend)
    begrijper = Understanding(read_synoniemen()).fit(_voorbeelden(inhoud), taal)
    opslag = LocalModelStorage.create(map_)
    return KennisbankBegrijper(opslag, Resource("begrijper"), begrijper)


def _voorbeelden(inhoud: Inhoud) -> list[Voorbeeld]:
    van_thema = [artikel for artikel in inhoud.artikelen if artikel.thema == THEMA]
    gesprek = RasaFileImporter(training_data_paths=[str(PROJECT_MAP / "data")]).get_nlu_data()
    zinnen = [
        Voorbeeld(bericht.get(TEXT), bericht.get(INTENT), **herkomst(bericht))
        for bericht in gesprek.training_examples
        if bericht.get(TEXT)
    ]
    buiten = [
        Voorbeeld(vraag, "buiten_bereik_buuronderwerp", grens=id_)
        for id_, grens in inhoud.grenzen.items()
        for vraag in grens.vragen
    ]
    return [*(v for artikel in van_thema for v in _van_artikel(artikel)), *[*zinnen, *buiten][::DEEL]]


def _van_artikel(artikel: Artikel) -> Iterator[Voorbeeld]:
    for vraag in artikel.alle_vragen():
        yield Voorbeeld(vraag, KENNISVRAAG, artikel.id)
    for passage in artikel.passages():
        yield Voorbeeld(passage, KENNISVRAAG, artikel.id, passage=True)


def _vraag(component: KennisbankBegrijper, tekst: str) -> str:
    """What the action says to a question that this component reads."""
    bericht = Message({TEXT: tekst})
    component.process([bericht])
    assert bericht.get(INTENT)["name"] == KENNISVRAAG
    gelezen = {naam: bericht.get(naam) for naam in (TEXT, INTENT, "entities", "kennisbank")}
    tracker = Tracker("opnieuw", {"kennisgemaakt": True}, gelezen, [], False, None, {}, None)
    gezegd = CollectingDispatcher()
    ActionBeantwoord().run(gezegd, tracker, {})
    return str(gezegd.messages[-1]["text"])
