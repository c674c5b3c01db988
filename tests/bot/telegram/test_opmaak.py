"""Whatever stands in an answer: nothing is lost, every part fits, and marks never break."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import MessageEntity
from telegram.constants import MessageEntityType, MessageLimit

from bot.kanalen.telegram.opmaak import Stuk, knip, opgemaakt, utf16_lengte
from kennisbank.answer import Blok, Deel
from kennisbank.store import Kennisbank

_woord = st.text(alphabet="abcé😀1*_`.-()", min_size=1, max_size=12)
_zin = st.lists(_woord, min_size=1, max_size=8).map(lambda w: "De " + " ".join(w) + ".")
_tekst = st.lists(_zin, min_size=1, max_size=30).flatmap(
    lambda zinnen: st.lists(
        st.sampled_from([" ", "\n", "\n\n"]), min_size=len(zinnen), max_size=len(zinnen)
    ).map(lambda naden: "".join(z + n for z, n in zip(zinnen, naden, strict=True)))
)


@st.composite
def _stukken(draw: st.DrawFn) -> Stuk:
    tekst = draw(_tekst)
    marks = []
    for _ in range(draw(st.integers(0, 8))):
        begin = draw(st.integers(0, len(tekst) - 1))
        lengte = draw(st.integers(1, len(tekst) - begin))
        soort = draw(st.sampled_from([MessageEntityType.BOLD, MessageEntityType.ITALIC]))
        marks.append(MessageEntity(soort, begin, lengte))
    return Stuk(tekst, tuple(marks))


def _kaal(tekst: str) -> str:
    return "".join(tekst.split())


@given(_stukken(), st.integers(20, 300))
@settings(max_examples=150, deadline=None)
def test_splitting_loses_nothing_and_every_part_is_within_the_limit(stuk: Stuk, grens: int) -> None:
    delen = list(knip(stuk, grens))
    assert _kaal("".join(deel.tekst for deel in delen)) == _kaal(stuk.tekst)
    for deel in delen:
        assert deel.tekst == deel.tekst.strip() != ""
        assert utf16_lengte(deel.tekst) <= grens
        assert len(deel.marks) <= MessageLimit.MESSAGE_ENTITIES


@given(_stukken(), st.integers(20, 300))
@settings(max_examples=150, deadline=None)
def test_what_was_bold_stays_bold_in_the_parts(stuk: Stuk, grens: int) -> None:
    def vet(stukken: list[Stuk]) -> str:
        gemarkeerd = []
        for deel in stukken:
            posities = {
                i
                for m in deel.marks
                if m.type == MessageEntityType.BOLD
                for i in range(m.offset, m.offset + m.length)
            }
            gemarkeerd += [t for i, t in enumerate(deel.tekst) if i in posities]
        return _kaal("".join(gemarkeerd))

    assert vet(list(knip(stuk, grens))) == vet([stuk])


@given(_stukken())
@settings(max_examples=150, deadline=None)
def test_marks_lie_within_the_text_as_telegram_counts_it(stuk: Stuk) -> None:
    for deel in knip(stuk, 60):
        for mark in deel.entities:
            assert 0 <= mark.offset < mark.offset + mark.length <= utf16_lengte(deel.tekst)


@given(_tekst, st.integers(40, 300))
@settings(max_examples=150, deadline=None)
def test_a_part_ends_a_sentence_unless_no_sentence_ended_in_it(tekst: str, grens: int) -> None:
    delen = list(knip(Stuk(tekst), grens))
    for deel in delen[:-1]:
        zin_binnen = re.search(r"[.!?]\s+De |\n", deel.tekst)
        assert deel.tekst.endswith(".") or not zin_binnen


def test_many_marks_are_spread_over_parts() -> None:
    tekst = "**a** b. " * 250
    delen = list(knip(opgemaakt([Blok(tekst)])))
    assert sum(len(deel.marks) for deel in delen) == 250
    assert all(len(deel.marks) <= MessageLimit.MESSAGE_ENTITIES for deel in delen)


def test_a_word_without_end_is_cut_within_the_limit() -> None:
    delen = list(knip(Stuk("😀" * 5000)))
    assert "".join(deel.tekst for deel in delen) == "😀" * 5000
    assert max(utf16_lengte(deel.tekst) for deel in delen) <= MessageLimit.MAX_TEXT_LENGTH


def test_markdown_becomes_marks_and_the_rest_stays_text() -> None:
    stuk = opgemaakt([Blok("**Kop 😀**", Deel.KOP), Blok("2 * 3 <b>&amp; een_naam_x\n- punt\n`a*b*`")])
    assert stuk.tekst == "Kop 😀\n\n2 * 3 <b>&amp; een_naam_x\n• punt\na*b*"
    gemarkeerd = [(stuk.tekst[m.offset : m.offset + m.length], m.type) for m in stuk.marks]
    assert gemarkeerd == [("Kop 😀", MessageEntityType.BOLD), ("a*b*", MessageEntityType.CODE)]


def test_marks_after_an_emoji_are_counted_as_telegram_counts() -> None:
    (mark,) = opgemaakt([Blok("😀😀 **vet**")]).entities
    assert (mark.offset, mark.length) == (5, 3)


def test_no_article_keeps_a_stray_star_or_tick(kb: Kennisbank) -> None:
    versies = [artikel for van_id in kb.artikelen.values() for artikel in van_id]
    teksten = [tekst for artikel in versies for tekst in artikel.teksten.values()]
    assert len(teksten) > 300
    assert [tekst for tekst in teksten if re.search(r"\*\*|`", opgemaakt([Blok(tekst)]).tekst)] == []


def test_sources_stand_in_a_quotation() -> None:
    stuk = opgemaakt([Blok("Tekst."), Blok("Bron: wet.", Deel.BRON)])
    (mark,) = stuk.marks
    assert mark.type == MessageEntityType.EXPANDABLE_BLOCKQUOTE
    assert stuk.tekst[mark.offset :] == "Bron: wet."
