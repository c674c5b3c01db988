"""The tables of the store of conversations.

Every table with a column `gesprek` belongs to conversations: forgetting, copying and clearing away
go over those tables by that column, so that a new table cannot be left out. Each has a `moment` (UTC)
or a `dag`. Every text in them was masked before it came here.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

METADATA = MetaData()

_NUMMER = BigInteger().with_variant(Integer, "sqlite")
_GESPREK = String(200)

# Append only: a row is never changed, only removed with its conversation or at the end of its term.
BEURT = Table(
    "gesprek_beurt",
    METADATA,
    Column("gesprek", _GESPREK, primary_key=True),
    Column("nummer", Integer, primary_key=True),
    Column("moment", DateTime, nullable=False, index=True),
    Column("gebeurtenissen", JSON, nullable=False),  # Rasa's events of this turn, without the answer
    Column("stand", JSON, nullable=False),  # slots and open form after this turn
    Column("antwoord", JSON, nullable=False),
)
POST = Table(
    "post",
    METADATA,
    Column("id", _NUMMER, primary_key=True, autoincrement=True),
    Column("gesprek", _GESPREK, nullable=False),
    Column("kanaal", String(40), nullable=False),
    Column("bericht_id", String(200), nullable=False),
    Column("tekst", Text, nullable=False),
    Column("keuze", Boolean, nullable=False),
    Column("gemaskeerd", JSON, nullable=False),  # sorts of personal data that were taken out
    Column("ingekort", Boolean, nullable=False),
    Column("adres", JSON, nullable=False),
    Column("stand", String(12), nullable=False),
    Column("pogingen", Integer, nullable=False),
    Column("moment", DateTime, nullable=False, index=True),
    Column("sinds", DateTime, nullable=False),  # when `stand` became what it is
    Column("nummer", Integer),  # the turn that answered it
    Column("antwoord", JSON(none_as_null=True)),  # what to say where no turn holds it
    UniqueConstraint("gesprek", "kanaal", "bericht_id", name="uq_post_bericht"),
    Index("ix_post_stand", "stand", "gesprek"),
)
VRAAG = Table(
    "vraag_logboek",
    METADATA,
    Column("id", _NUMMER, primary_key=True, autoincrement=True),
    Column("gesprek", _GESPREK, index=True),  # empty once the conversation has run out its term
    Column("nummer", Integer),
    Column("dag", Date, nullable=False, index=True),
    Column("kanaal", String(40), nullable=False),
    Column("doelgroep", String(20)),
    Column("gemeente", String(6)),
    Column("vraag", Text, nullable=False),
    Column("uitkomst", String(20), nullable=False, index=True),
    Column("handeling", String(40)),
    Column("artikel", String(80)),
    Column("artikel_versie", Date),
    Column("score", Float),
    Column("kandidaten", JSON, nullable=False),
    Column("bewijs", Text),
    Column("oordeel", String(4)),
    Column("opmerking", Text),
    Column("uitgezonden", Boolean, nullable=False, default=False, server_default=false()),
    Index("ix_vraag_logboek_uitgezonden", "uitgezonden", "id"),
)
# Receipts of what was forgotten; they name no conversation.
VERGETEN = Table(
    "vergeten",
    METADATA,
    Column("code_afdruk", String(64), primary_key=True),
    Column("gesprek_afdruk", String(64), nullable=False),
    Column("moment", DateTime, nullable=False),
    Column("aantallen", JSON, nullable=False),
)

PER_GESPREK = tuple(tabel for tabel in METADATA.sorted_tables if "gesprek" in tabel.c)
"""Every table that holds something of a conversation."""
