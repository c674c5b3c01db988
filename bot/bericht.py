"""What the assistant says, free of any channel: a door only fits it to its limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from actions.basis import SLOTVRAAG, payload
from actions.slotvraag import MET_OPMERKING, SLOTANTWOORD
from kennisbank.answer import Antwoord, Beeld, Blok, Deel, Knop


@dataclass(frozen=True)
class Keuze:
    """A button under a message."""

    titel: str
    payload: str

    @classmethod
    def of(cls, knop: Knop) -> Keuze:
        """The button behind a choice of the kennisbank."""
        return cls(knop.titel, payload(knop))


@dataclass(frozen=True)
class Bericht:
    """One message: blocks of Markdown in reading order, buttons, a picture and the outcome it stands for.

    `uitslag` holds what the action noted for whoever keeps score (`uitkomst`, `handeling`, `artikel`,
    `gemeente_kandidaten`, `bewijs`, `oordeel`); it is empty for a fixed text of the domain.
    """

    blokken: tuple[Blok, ...]
    keuzes: tuple[Keuze, ...] = ()
    beeld: Beeld | None = None
    uitslag: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, tekst: str) -> Bericht:
        """A message of one plain text."""
        return cls((Blok(tekst.strip()),))

    @classmethod
    def of_antwoord(cls, antwoord: Antwoord) -> Bericht:
        """An answer that no action said."""
        keuzes = tuple(map(Keuze.of, antwoord.knoppen))
        return cls(antwoord.blokken, keuzes, antwoord.beeld, {"uitkomst": "gesprek"})

    @classmethod
    def of_rasa(cls, bericht: Mapping[str, Any]) -> Bericht:
        """The message behind what an action handed to Rasa's output channel."""
        uitslag = dict(bericht.get("routewijzer") or {})
        blokken = [Blok(blok["tekst"], Deel(blok["deel"])) for blok in uitslag.pop("blokken", [])]
        beeld = uitslag.pop("beeld", None)
        return cls(
            tuple(blokken) or (Blok((bericht.get("text") or "").strip()),),
            tuple(Keuze(knop["title"], knop["payload"]) for knop in bericht.get("buttons") or []),
            Beeld(**beeld) if beeld else None,
            uitslag,
        )

    @classmethod
    def of_json(cls, velden: Mapping[str, Any]) -> Bericht:
        """A message as `als_json` wrote it."""
        return cls(
            tuple(Blok(blok["tekst"], Deel(blok["deel"])) for blok in velden["blokken"]),
            tuple(Keuze(**keuze) for keuze in velden["keuzes"]),
            Beeld(**velden["beeld"]) if velden["beeld"] else None,
            velden["uitslag"],
        )

    def als_json(self) -> dict[str, Any]:
        """The message in values that JSON has."""
        return {**asdict(self), "blokken": [{"tekst": b.tekst, "deel": b.deel.value} for b in self.blokken]}

    @property
    def is_slotvraag(self) -> bool:
        """Whether it is the closing question or the thanks for its answer: no thumbs go with those."""
        return self.uitslag.get("handeling") in (SLOTVRAAG, SLOTANTWOORD)

    @property
    def vraagt_opmerking(self) -> bool:
        """Whether there is room for one remark: somebody was not helped, or not wholly."""
        return self.uitslag.get("oordeel") in MET_OPMERKING

    @property
    def tekst(self) -> str:
        """All blocks as one Markdown text."""
        return "\n\n".join(blok.tekst for blok in self.blokken if blok.tekst)
