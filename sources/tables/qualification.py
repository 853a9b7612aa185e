"""The tables of the qualification registry, exactly as that registry has them. Never altered by Svod."""

from sqlalchemy import (
    CHAR,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Uuid,
    text,
)

from sources.tables.values import one_of

metadata = MetaData()

education = Table(
    "education",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("worker_snils", CHAR(11), nullable=False),
    Column("kind_code", String(16), nullable=False),
    Column("institution", String(300), nullable=False),
    Column("specialty_code", String(16), nullable=False),
    Column("qualification", String(160)),
    Column("started_year", SmallInteger),
    Column("finished_year", SmallInteger),
    Column("is_foreign", Boolean, nullable=False, server_default=text("false")),
    Column("document_series", String(20)),
    Column("document_number", String(30), nullable=False),
    Column("issued_on", Date, nullable=False),
    Column("verified", Boolean, nullable=False, server_default=text("false")),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    Column("revision", BigInteger, nullable=False, unique=True),
    Index("education_worker", "worker_snils"),
)

credential = Table(
    "credential",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("worker_snils", CHAR(11), nullable=False),
    Column(
        "kind",
        String(24),
        one_of("kind", "CERTIFICATE", "PRIMARY", "PRIMARY_SPECIALIZED", "PERIODIC"),
        nullable=False,
    ),
    Column("specialty_code", String(16), nullable=False),
    Column("position_code", String(16)),
    Column("protocol_number", String(30)),
    Column("number", String(30), nullable=False, unique=True),
    Column("issued_by", String(300), nullable=False),
    Column("issued_on", Date, nullable=False),
    Column("valid_until", Date, nullable=False),
    Column(
        "status", String(16), one_of("status", "ACTIVE", "EXPIRED", "RENEWING", "REVOKED"), nullable=False
    ),
    Column("confirmation_url", String(300)),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    Column("revision", BigInteger, nullable=False, unique=True),
    Index("credential_worker", "worker_snils"),
    Index("credential_valid", "status", "valid_until"),
)

category = Table(
    "category",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("worker_snils", CHAR(11), nullable=False),
    Column("category", String(16), one_of("category", "SECOND", "FIRST", "HIGHEST"), nullable=False),
    Column("specialty_code", String(16), nullable=False),
    Column("assigned_on", Date, nullable=False),
    Column("valid_until", Date, nullable=False),
    Column("order_number", String(40)),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    Column("revision", BigInteger, nullable=False, unique=True),
    Index("category_worker", "worker_snils"),
)

training = Table(
    "training",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("worker_snils", CHAR(11), nullable=False),
    Column("title", String(300), nullable=False),
    Column("provider", String(300), nullable=False),
    Column("specialty_code", String(16), nullable=False),
    Column("hours", Integer, CheckConstraint("hours > 0"), nullable=False),
    Column("credits", Integer, CheckConstraint("credits >= 0"), nullable=False),
    Column("planned_on", Date),
    Column("completed_on", Date),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    Column("revision", BigInteger, nullable=False, unique=True),
    Index("training_worker", "worker_snils"),
)
