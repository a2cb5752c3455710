"""What was so before, for whoever has to know after a break-in: in whose hands clients were, and under which keys theirs lay."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base, Identified, private


class CaseloadHand(Identified, Base):
    """A span in which somebody held a client of an agency, or covered for who did. It is never changed but for its end."""

    __tablename__ = "caseload_hand"
    __table_args__ = (
        CheckConstraint("kind in ('holder', 'cover')", name="kind"),
        Index("ix_caseload_hand_client", "client_id", "organization_id"),
    )

    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"))
    account_id: Mapped[UUID] = mapped_column()
    kind: Mapped[str] = mapped_column()
    since: Mapped[datetime] = mapped_column()
    until: Mapped[datetime | None] = mapped_column()


class ClientKeyPast(Base):
    """Under which key of the house a client's key lay wrapped before, and until when: whose data an old key can open is a row, not a guess."""

    __tablename__ = "client_key_past"

    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), primary_key=True)
    until: Mapped[datetime] = mapped_column(primary_key=True)
    kid: Mapped[str] = mapped_column(info=private("secret"))
