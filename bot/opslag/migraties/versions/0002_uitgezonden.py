"""The question log is the outbox of the editors' figures: a line knows whether it was sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Adds the mark, and the index that finds what is not sent."""
    op.add_column(
        "vraag_logboek", sa.Column("uitgezonden", sa.Boolean, nullable=False, server_default=sa.false())
    )
    op.create_index("ix_vraag_logboek_uitgezonden", "vraag_logboek", ["uitgezonden", "id"])
