"""What every table is made with."""

from sqlalchemy import BigInteger, Integer, MetaData

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite numbers rows by itself only where the key is declared as its own INTEGER. A column with a foreign key is
# declared with this type too: without it, SQLAlchemy knows the type only once the other table's module is imported.
Id = BigInteger().with_variant(Integer, "sqlite")
