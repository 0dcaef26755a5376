"""The link for the first administrator, in the store."""

from datetime import datetime

from sqlalchemy import Column, Connection, String, Table, bindparam, delete, insert

from storage.base import metadata
from storage.columns import Moment
from storage.feature import Feature

admin_links = Table(
    "admin_links",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("expires_at", Moment, nullable=False),
)

DROP = delete(admin_links)
ADD = insert(admin_links)
USE = delete(admin_links).where(
    admin_links.c.digest == bindparam("its_digest"),
    admin_links.c.expires_at > bindparam("at", type_=admin_links.c.expires_at.type),
)


class AdminLinks:
    """See `domain.people.admin_link.AdminLinks`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def replace(self, digest: str, until: datetime) -> None:
        """Keep a link in place of an earlier one."""
        self.connection.execute(DROP)
        self.connection.execute(ADD, {"digest": digest, "expires_at": until})

    def use(self, digest: str, at: datetime) -> bool:
        """Use up a link; false where it is none, or too old."""
        return self.connection.execute(USE, {"its_digest": digest, "at": at}).rowcount == 1


FEATURE = Feature(tables=(admin_links,))
