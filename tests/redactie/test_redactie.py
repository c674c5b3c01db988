"""The editors' page as they use it: a real server, a real HTTP client, real patches."""

from __future__ import annotations

import html
import os
import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import requests

from benchmarks.redactie import noteer_voorbeeld, voorbeeldregels
from bot.assistent import Assistent
from bot.logboek import Regel
from bot.redactie import voorstel
from bot.redactie.groepen import groepeer
from bot.redactie.overzicht import weekbericht
from bot.settings import PROJECT_MAP
from kennisbank.current import kennisbank
from kennisbank.model import Doelgroep
from kennisbank.reader import KENNISBANK_MAP, read_artikel, read_inhoud
from kennisbank.store import Kennisbank
from tests.redactie.conftest import WACHTWOORD, Proef, fouten_in, pas_toe

VANDAAG = date.today()
ARTIKEL = "ziek-melden"


def _vraag(tekst: str, doelgroep: str | None = None, **velden: object) -> Regel:
    return Regel(VANDAAG, "proef", tekst, "buiten_bereik", doelgroep=doelgroep, **velden)  # type: ignore[arg-type]


def test_nothing_is_shown_without_the_password(proef: Proef) -> None:
    proef.noteer(_vraag("mag mijn hond mee naar de stageplek"))
    for pad in (
        "/",
        "/duimen",
        "/slotvraag",
        "/gemist",
        "/agenda",
        "/dekking",
        "/weekbericht",
        "/bestaat-niet",
    ):
        antwoord = requests.get(f"{proef.adres}{pad}", timeout=10)
        assert urlsplit(antwoord.url).path == "/in"
        assert "hond" not in antwoord.text
    vals = {"routewijzer-redactie": "eyJhbGciOiJub25lIn0.eyJleHAiOjk5OTk5OTk5OTl9."}
    assert urlsplit(requests.get(proef.adres, cookies=vals, timeout=10).url).path == "/in"


def test_a_wrong_password_is_refused_and_guessing_is_slowed(proef: Proef) -> None:
    def probeer(wachtwoord: str) -> int:
        return requests.post(f"{proef.adres}/in", data={"wachtwoord": wachtwoord}, timeout=10).status_code

    assert [probeer("fout") for _ in range(6)] == [403] * 5 + [429]
    assert probeer(WACHTWOORD) == 429


def test_guessing_from_made_up_addresses_is_slowed_too(proef: Proef) -> None:
    def probeer(nummer: int) -> int:
        koppen = {"X-Forwarded-For": f"198.51.100.{nummer}"}
        return requests.post(
            f"{proef.adres}/in", data={"wachtwoord": "fout"}, headers=koppen, timeout=10
        ).status_code

    statussen = [probeer(nummer) for nummer in range(31)]
    assert statussen.count(403) <= 30
    assert statussen[-1] == 429


def test_proposals_in_a_row_are_slowed_and_what_was_filled_in_stays(proef: Proef, tmp_path: Path) -> None:
    bezoek = proef.bezoek()
    vraag = {"artikel": ARTIKEL, "doelgroep": "coach", "vraag": ""}
    for _ in range(10):
        assert bezoek.post(f"{proef.adres}/voorstel/vraag", data=vraag, timeout=30).status_code == 422
    geweigerd = {
        pad: bezoek.post(
            f"{proef.adres}/voorstel/{pad}", data={**vraag, "titel": "Mag een cavia mee?"}, timeout=30
        )
        for pad in ("vraag", "artikel")
    }
    for antwoord in geweigerd.values():
        assert antwoord.status_code == 429
        assert int(antwoord.headers["Retry-After"]) > 0
        assert kennisbank().teksten("redactie.fout.te_vaak") in html.unescape(antwoord.text)
    assert 'name="titel" value="Mag een cavia mee?"' in geweigerd["artikel"].text
    assert not (tmp_path / "voorstellen").exists()


def test_the_session_is_kept_from_scripts_and_other_sites_and_ends(proef: Proef) -> None:
    in_ = requests.post(
        f"{proef.adres}/in", data={"wachtwoord": WACHTWOORD}, allow_redirects=False, timeout=10
    )
    koekje = in_.headers["set-cookie"].lower()
    assert "httponly" in koekje and "samesite=strict" in koekje
    bezoek = proef.bezoek()
    pagina = bezoek.get(proef.adres, timeout=10)
    assert "default-src 'none'" in pagina.headers["content-security-policy"]
    assert "script" not in pagina.headers["content-security-policy"]
    assert re.findall(r"(?:src|href|action)=\"(?!/)", pagina.text) == []
    vreemd = bezoek.post(f"{proef.adres}/uit", headers={"Origin": "https://elders.nl"}, timeout=10)
    assert vreemd.status_code == 403
    bezoek.post(f"{proef.adres}/uit", timeout=10)
    assert urlsplit(bezoek.get(proef.adres, timeout=10).url).path == "/in"


def test_the_pages_show_what_the_log_holds(proef: Proef) -> None:
    proef.noteer(
        _vraag("mag mijn hond mee naar de stageplek", "professional"),
        _vraag("mag de hond mee naar stageplek?", "oud-leerling"),
        _vraag("krijg ik korting op mijn sportschool <b>nu</b>"),
        Regel(
            VANDAAG,
            "proef",
            "wat is aba",
            "antwoord",
            artikel=ARTIKEL,
            oordeel="fout",
            opmerking="klopt niet",
        ),
        Regel(VANDAAG, "proef", "wat is uvt", "antwoord", artikel=ARTIKEL, oordeel="goed"),
        Regel(
            VANDAAG,
            "proef",
            "iets met loon",
            "verduidelijking",
            "g",
            1,
            kandidaten=[["minimumjeugdloon", 0.4]],
        ),
        Regel(VANDAAG - timedelta(days=90), "proef", "heel lang geleden", "buiten_bereik"),
    )
    bezoek = proef.bezoek()
    vragen = bezoek.get(proef.adres, timeout=30).text
    assert ">2 × mag" in vragen and "heel lang geleden" not in vragen
    assert "&lt;b&gt;nu&lt;/b&gt;" in vragen and "<b>nu</b>" not in vragen
    assert "leerling of oud-leerling: 1, professional: 1" in vragen  # newest first
    duimen = bezoek.get(f"{proef.adres}/duimen", timeout=30).text
    assert "klopt niet" in duimen and "wat is uvt" not in duimen
    gemist = bezoek.get(f"{proef.adres}/gemist", timeout=30).text
    assert "iets met loon" in gemist and "minimumjeugdloon" in gemist


def test_the_agenda_and_the_coverage_come_from_the_kennisbank(proef: Proef, kb: Kennisbank) -> None:
    bezoek = proef.bezoek()
    dekking = bezoek.get(f"{proef.adres}/dekking", timeout=30).text
    cellen = [int(aantal) for aantal in re.findall(r"<td>(\d+)</td>", dekking)]
    aantal = len(list(kb.gemeenten_op(VANDAAG)))
    assert (sum(cellen[::2]), sum(cellen[1::2])) == (aantal, aantal)
    agenda = html.unescape(bezoek.get(f"{proef.adres}/agenda", timeout=30).text)
    binnenkort, alle = agenda.split(f"<h2>{kb.teksten('redactie.alle_artikelen')}</h2>")
    eerste = min(read_inhoud().artikelen, key=lambda artikel: artikel.controleer_voor)
    binnen = eerste.controleer_voor <= VANDAAG + timedelta(days=60)
    assert (f"({eerste.id})" in binnenkort) is binnen
    assert {a.id for a in read_inhoud().artikelen if not a.geldig_tot} <= set(
        re.findall(r"\(([\w-]+)\)", alle)
    )
    gecontroleerd = re.findall(r"<tr><td>(\d{4}-\d{2}-\d{2})</td>", alle)
    assert gecontroleerd == sorted(gecontroleerd)


def test_the_coverage_names_who_lacks_a_step(proef: Proef, kb: Kennisbank) -> None:
    dekking = html.unescape(proef.bezoek().get(f"{proef.adres}/dekking", timeout=30).text)
    rijen = dict(re.findall(r"<summary>\d+ gemeenten zonder ([^<]+)</summary>(.*?)</details>", dekking, re.S))
    loket, regio = (kb.teksten(f"redactie.trede.{trede}") for trede in ("loket", "regioroute"))
    # Emmen has a desk of its own; Vaals only its Doorstroompunt.
    namen = {trede: set(re.findall(r"(?<=[:,] )[^,<\d]+", tekst)) for trede, tekst in rijen.items()}
    assert "Emmen" not in namen[loket] and "Vaals" in namen[loket] and "Vaals" in namen[regio]
    assert namen[regio] < namen[loket]
    assert kb.teksten("redactie.trede.doorstroompunt") not in rijen


def test_a_thumb_down_and_a_missed_question_become_a_proposal_too(proef: Proef, tmp_path: Path) -> None:
    proef.noteer(
        Regel(
            *(VANDAAG, "proef", "hoe lang duurt de beoordeling", "antwoord"),
            doelgroep="professional",
            artikel="aba-wanneer-aanvragen",
            kandidaten=[["aba-wanneer-aanvragen", 0.6], ["aba-hoe-lang-duurt", 0.3]],
            oordeel="fout",
        ),
        Regel(
            *(VANDAAG, "proef", "krijg ik loon op stage", "verduidelijking", "g", 1),
            kandidaten=[[ARTIKEL, 0.4]],
        ),
    )
    bezoek = proef.bezoek()
    duimen = bezoek.get(f"{proef.adres}/duimen", timeout=30).text
    assert 'name="vraag" value="hoe lang duurt de beoordeling"' in duimen
    assert 'list="artikelen" value="aba-hoe-lang-duurt"' in duimen  # not the article that was called wrong
    assert '<option value="professional" selected>' in duimen
    gemist = bezoek.get(f"{proef.adres}/gemist", timeout=30).text
    assert 'name="vraag" value="krijg ik loon op stage"' in gemist
    assert f'list="artikelen" value="{ARTIKEL}"' in gemist
    for pagina in (duimen, gemist):
        assert 'action="/voorstel/vraag"' in pagina and 'formaction="/artikel"' in pagina


def test_the_example_names_articles_that_exist() -> None:
    genoemd = {
        artikel
        for regel in voorbeeldregels(VANDAAG)
        for artikel in (regel.artikel, *(naam for naam, _ in regel.kandidaten))
    }
    assert genoemd - {None} <= set(read_inhoud().ids())


def test_alike_questions_are_one_group_and_others_are_not() -> None:
    vragen = ["Mag ik mijn hond meenemen?", "mag ik mijn hond mee nemen", "wie betaalt mijn fiets", ""]
    groepen = groepeer([_vraag(vraag) for vraag in vragen])
    assert [sorted(vraag for vraag, _ in groep.vragen) for groep in groepen] == [vragen[:2], vragen[2:3]]


async def test_an_unanswered_question_becomes_an_example_question(
    proef: Proef, assistent: Assistent, tmp_path: Path
) -> None:
    gebruiker = assistent.op(proef.database)
    beurt = await gebruiker.zeg(
        "vraag-zonder-antwoord", "Mijn naam is Kees Jansen. Mag mijn cavia mee naar Mars?"
    )
    assert beurt.uitslag["uitkomst"] == "buiten_bereik"
    bezoek = proef.bezoek()
    pagina = html.unescape(bezoek.get(proef.adres, timeout=30).text)
    assert "cavia mee naar Mars" in pagina and "Jansen" not in pagina
    gemaskeerd = re.findall(r"name=\"vraag\" value=\"([^\"]+)\"", pagina)[0]
    velden = {"artikel": ARTIKEL, "doelgroep": "oud-leerling", "vraag": gemaskeerd}
    afgewezen = bezoek.post(f"{proef.adres}/voorstel/vraag", data=velden, timeout=120)
    assert afgewezen.status_code == 422 and "persoonsgegevens" in afgewezen.text

    velden["vraag"] = 'Mag mijn "cavia" mee naar Mars: ja of nee?'
    gemaakt = bezoek.post(f"{proef.adres}/voorstel/vraag", data=velden, timeout=120)
    assert gemaakt.status_code == 201
    project = pas_toe(tmp_path)
    (artikel,) = [a for a in read_inhoud(project / "kennisbank").artikelen if a.id == ARTIKEL]
    assert artikel.vragen[Doelgroep.OUD_LEERLING][-1] == velden["vraag"]
    assert fouten_in(project) == []
    assert (
        velden["vraag"]
        not in read_artikel(KENNISBANK_MAP / "artikelen" / "werk" / f"{ARTIKEL}.md").alle_vragen()
    )


def test_a_new_article_is_checked_before_it_is_saved(proef: Proef, tmp_path: Path) -> None:
    bezoek = proef.bezoek()
    formulier = bezoek.post(f"{proef.adres}/artikel", data={"vraag": "Mag een cavia mee?"}, timeout=30)
    assert 'name="titel" value="Mag een cavia mee?"' in formulier.text
    velden = {
        "titel": "Mag een cavia mee?",
        "knop": "cavia meenemen",
        "vraag": "Mag een cavia mee?",
        "doelgroep": "coach",
        "thema": "werk",
        "zekerheid": "laag",
        "lokaal": "nee",
        "bron": "bestaat-niet",
        **{f"tekst-{doelgroep.value}": "Dit is een proef.\r\n\r\nNiet meer." for doelgroep in Doelgroep},
    }
    fout = bezoek.post(f"{proef.adres}/voorstel/artikel", data=velden, timeout=120)
    assert fout.status_code == 422 and "onbekende bron" in html.unescape(fout.text)
    assert "Dit is een proef." in fout.text
    assert not (tmp_path / "voorstellen").exists()

    velden["bron"] = next(iter(read_inhoud().bronnen))
    gemaakt = bezoek.post(f"{proef.adres}/voorstel/artikel", data=velden, timeout=120)
    assert gemaakt.status_code == 201 and "voorbeeldvragen; schrijf er minstens" in gemaakt.text
    project = pas_toe(tmp_path)
    artikel = read_artikel(project / "kennisbank" / "artikelen" / "werk" / "mag-een-cavia-mee.md")
    assert artikel.alle_vragen() == ["Mag een cavia mee?"]
    assert fouten_in(project) == []


def test_what_no_file_can_hold_is_left_out_of_a_proposal(proef: Proef) -> None:
    velden = {"artikel": ARTIKEL, "doelgroep": "coach", "vraag": "Mag een\x87 cavia\x00 mee?"}
    gemaakt = proef.bezoek().post(f"{proef.adres}/voorstel/vraag", data=velden, timeout=120)
    assert gemaakt.status_code == 201
    assert "Mag een cavia mee?" in html.unescape(gemaakt.text)


def test_a_question_goes_into_every_kind_of_list() -> None:
    for lijst in ("[]", '["a, b"]', "\n    - a\n    - 'b: c'"):
        kop = f"---\nvragen:\n  professional: {lijst}\n  coach: [x]\n---\n## Professional\n---\n"
        nieuw = voorstel._met_vraag(kop, Doelgroep.PROFESSIONAL, "Is dit: 'goed'?")
        eerder = voorstel._vragenlijst(kop, Doelgroep.PROFESSIONAL).value
        later = [knoop.value for knoop in voorstel._vragenlijst(nieuw, Doelgroep.PROFESSIONAL).value]
        assert later == [*(knoop.value for knoop in eerder), "Is dit: 'goed'?"]
        assert nieuw.endswith(kop[kop.index("  coach") :])


def test_no_fault_in_any_article_of_now(kb: Kennisbank) -> None:
    """A question can be added to each article and doelgroep without touching anything else."""
    for pad in (KENNISBANK_MAP / "artikelen").glob("*/*.md"):
        oud = pad.read_text(encoding="utf-8")
        for doelgroep in Doelgroep:
            nieuw = voorstel._met_vraag(oud, doelgroep, "Nieuw?")
            verschil = [knoop.value for knoop in voorstel._vragenlijst(nieuw, doelgroep).value]
            assert verschil[:-1] == [knoop.value for knoop in voorstel._vragenlijst(oud, doelgroep).value]


def test_the_week_in_plain_text(proef: Proef, kb: Kennisbank) -> None:
    proef.noteer(
        *(_vraag(f"mag mijn hond mee naar plek {nummer}") for nummer in range(3)),
        Regel(
            VANDAAG,
            "proef",
            "wat is aba",
            "antwoord",
            artikel=ARTIKEL,
            oordeel="fout",
            opmerking="klopt niet",
        ),
        Regel(VANDAAG - timedelta(days=20), "proef", "eerder", "buiten_bereik"),
    )
    tekst = weekbericht(proef.database, kb, VANDAAG)
    assert "4 berichten" in tekst and "3 × mag mijn hond mee" in tekst
    assert f"{ARTIKEL}: wat is aba (klopt niet)" in tekst and "eerder" not in tekst


def test_the_week_says_whether_people_were_helped(proef: Proef, kb: Kennisbank) -> None:
    assert "Gevraagd of het hielp: 0 keer." in weekbericht(proef.database, kb, VANDAAG)
    noteer_voorbeeld(proef.database)
    tekst = weekbericht(proef.database, kb, VANDAAG)
    assert "Gevraagd of het hielp: 3 keer. Ja: 1, een beetje: 1, nee: 1." in tekst
    assert "- een beetje geholpen: wat is een no-riskpolis? (ik zoek een telefoonnummer" in tekst
    assert "- niet geholpen: wat is een no-riskpolis? ()" in tekst


def test_the_command_prints_the_week_and_refuses_to_serve_without_a_password(
    kb: Kennisbank, tmp_path: Path
) -> None:
    def doe(*argumenten: str, wachtwoord: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "bot.cli", "redactie", *argumenten],
            cwd=PROJECT_MAP,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
            env={
                **os.environ,
                "ROUTEWIJZER_GESPREKKEN_URL": f"sqlite:///{tmp_path / 'gesprekken.db'}",
                "ROUTEWIJZER_REDACTIE_WACHTWOORD": wachtwoord,
            },
        )

    week = doe("--weekbericht")
    assert week.returncode == 0 and "0 berichten" in week.stdout
    zonder = doe()
    assert zonder.returncode == 1 and "zonder wachtwoord" in zonder.stderr
    assert "te kort" in doe(wachtwoord="kort").stderr
