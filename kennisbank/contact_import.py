"""Takes over a file of contacts: into the contacts file and the store, or nothing at all."""

from __future__ import annotations

from collections.abc import Sequence

from kennisbank.contacts import Contact, schrijf
from kennisbank.settings import contacten_bestand
from kennisbank.store import build


def neem_over(contacten: Sequence[Contact], url: str) -> None:
    """Makes `contacten` all the contacts there are, in the file and in the store at `url`.

    Raises:
        InhoudFout: other content is malformed; file and store are as they were.
        OpslagFout: the store cannot be written; file and store are as they were.
    """
    bestand = contacten_bestand()
    bestand.parent.mkdir(parents=True, exist_ok=True)
    vorige = bestand.read_bytes() if bestand.exists() else None
    nieuw = bestand.with_name(f"{bestand.stem}.nieuw.csv")
    schrijf(contacten, nieuw)
    nieuw.replace(bestand)
    overgenomen = False
    try:
        build(url)
        overgenomen = True
    finally:
        if not overgenomen:
            bestand.unlink() if vorige is None else bestand.write_bytes(vorige)
