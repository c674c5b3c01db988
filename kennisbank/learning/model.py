"""What a learning path is made of: knowledge quoted from articles, with a case and feedback of its own."""

from __future__ import annotations

from datetime import date
from typing import Literal, Optional

from pydantic import Field, validator

from kennisbank.model import Bestandsdeel, Slug

MAX_KEUZES = 3


class Leerkeuze(Bestandsdeel):
    """One possible answer, and why it is right or wrong."""

    tekst: str = Field(max_length=50)
    uitleg: str
    goed: bool = False


class Leerstap(Bestandsdeel):
    """One small step: paragraphs of an article, a case, a question.

    `alineas` are the first words of the paragraphs that are shown; `zin` are the words of the article
    that make the right answer right.
    """

    id: str = Slug
    titel: str
    artikel: str = Slug
    alineas: list[str] = Field(min_items=1)
    zin: str
    geval: str
    vraag: str
    keuzes: list[Leerkeuze]
    nagekeken_op: date
    beeld: Optional[str] = None
    lokaal: Optional[Literal["regio", "contact", "route"]] = None

    @validator("keuzes")
    def _one_is_right(cls, keuzes: list[Leerkeuze]) -> list[Leerkeuze]:
        if not 2 <= len(keuzes) <= MAX_KEUZES:
            raise ValueError(f"geef 2 tot {MAX_KEUZES} keuzes")
        if sum(keuze.goed for keuze in keuzes) != 1:
            raise ValueError("zet bij precies één keuze 'goed: true'")
        return keuzes

    @validator("keuzes", each_item=True)
    def _every_choice_explains(cls, keuze: Leerkeuze) -> Leerkeuze:
        if not keuze.uitleg.strip():
            raise ValueError(f"de keuze '{keuze.tekst}' heeft geen uitleg")
        return keuze


class Leerdeel(Bestandsdeel):
    """A part of the path: a file of `leerpaden/`, in the order of the file names."""

    titel: str
    stappen: list[Leerstap] = Field(min_items=1)
