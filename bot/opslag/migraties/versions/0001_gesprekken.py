"""Turns, inbox, question log and receipts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_NUMMER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "gesprek_beurt",
        sa.Column("gesprek", sa.String(200), primary_key=True),
        sa.Column("nummer", sa.Integer, primary_key=True),
        sa.Column("moment", sa.DateTime, nullable=False),
        sa.Column("gebeurtenissen", sa.JSON, nullable=False),
        sa.Column("stand", sa.JSON, nullable=False),
        sa.Column("antwoord", sa.JSON, nullable=False),
    )
    op.create_index("ix_gesprek_beurt_moment", "gesprek_beurt", ["moment"])
    op.create_table(
        "post",
        sa.Column("id", _NUMMER, primary_key=True, autoincrement=True),
        sa.Column("gesprek", sa.String(200), nullable=False),
        sa.Column("kanaal", sa.String(40), nullable=False),
        sa.Column("bericht_id", sa.String(200), nullable=False),
        sa.Column("tekst", sa.Text, nullable=False),
        sa.Column("keuze", sa.Boolean, nullable=False),
        sa.Column("gemaskeerd", sa.JSON, nullable=False),
        sa.Column("ingekort", sa.Boolean, nullable=False),
        sa.Column("adres", sa.JSON, nullable=False),
        sa.Column("stand", sa.String(12), nullable=False),
        sa.Column("pogingen", sa.Integer, nullable=False),
        sa.Column("moment", sa.DateTime, nullable=False),
        sa.Column("sinds", sa.DateTime, nullable=False),
        sa.Column("nummer", sa.Integer),
        sa.Column("antwoord", sa.JSON),
        sa.UniqueConstraint("gesprek", "kanaal", "bericht_id", name="uq_post_bericht"),
    )
    op.create_index("ix_post_moment", "post", ["moment"])
    op.create_index("ix_post_stand", "post", ["stand", "gesprek"])
    op.create_table(
        "vraag_logboek",
        sa.Column("id", _NUMMER, primary_key=True, autoincrement=True),
        sa.Column("gesprek", sa.String(200)),
        sa.Column("nummer", sa.Integer),
        sa.Column("dag", sa.Date, nullable=False),
        sa.Column("kanaal", sa.String(40), nullable=False),
        sa.Column("doelgroep", sa.String(20)),
        sa.Column("gemeente", sa.String(6)),
        sa.Column("vraag", sa.Text, nullable=False),
        sa.Column("uitkomst", sa.String(20), nullable=False),
        sa.Column("handeling", sa.String(40)),
        sa.Column("artikel", sa.String(80)),
        sa.Column("artikel_versie", sa.Date),
        sa.Column("score", sa.Float),
        sa.Column("kandidaten", sa.JSON, nullable=False),
        sa.Column("bewijs", sa.Text),
        sa.Column("oordeel", sa.String(4)),
        sa.Column("opmerking", sa.Text),
    )
    for kolom in ("gesprek", "dag", "uitkomst"):
        op.create_index(f"ix_vraag_logboek_{kolom}", "vraag_logboek", [kolom])
    op.create_table(
        "vergeten",
        sa.Column("code_afdruk", sa.String(64), primary_key=True),
        sa.Column("gesprek_afdruk", sa.String(64), nullable=False),
        sa.Column("moment", sa.DateTime, nullable=False),
        sa.Column("aantallen", sa.JSON, nullable=False),
    )


def downgrade() -> None:
    """Removes them with all they hold."""
    for tabel in ("vergeten", "vraag_logboek", "post", "gesprek_beurt"):
        op.drop_table(tabel)
