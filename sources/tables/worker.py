"""The tables of the worker registry (ФРМР), exactly as that registry has them. Never altered by Svod."""

from sqlalchemy import (
    CHAR,
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    MetaData,
    Numeric,
    String,
    Table,
    Uuid,
    text,
)

from sources.tables.values import one_of

metadata = MetaData()

worker = Table(
    "worker",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("registry_number", String(14), nullable=False, unique=True),
    Column("snils", CHAR(11), nullable=False, unique=True),
    Column("last_name", String(80), nullable=False),
    Column("first_name", String(80), nullable=False),
    Column("middle_name", String(80)),
    Column("former_last_name", String(80)),
    Column("sex", CHAR(1), one_of("sex", "M", "F"), nullable=False),
    Column("birth_date", Date, nullable=False),
    Column("birth_place", String(200)),
    Column("citizenship", CHAR(3), nullable=False, server_default=text("'RUS'")),
    Column("inn", CHAR(12)),
    Column("passport_series", CHAR(4)),
    Column("passport_number", CHAR(6)),
    Column("phone", String(20)),
    Column("email", String(120)),
    Column("residence_address", String(300)),
    Column("region_code", CHAR(2), nullable=False),
    Column(
        "status", String(16), one_of("status", "ACTIVE", "SUSPENDED", "INACTIVE", "DECEASED"), nullable=False
    ),
    Column("registered_on", Date, nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    Column("revision", BigInteger, nullable=False, unique=True),
    Index("worker_name", "last_name", "first_name", "middle_name"),
    Index("worker_region", "region_code"),
)

employment = Table(
    "employment",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("worker_id", Uuid, ForeignKey("worker.id"), nullable=False),
    Column("organization_oid", String(64), nullable=False),
    Column("department_id", Uuid),
    Column("position_code", String(16), nullable=False),
    Column("position_level", String(80)),
    Column(
        "kind",
        String(16),
        one_of("kind", "MAIN", "INTERNAL_PART", "COMBINATION", "EXTERNAL_PART"),
        nullable=False,
    ),
    Column("rate", Numeric(4, 2), CheckConstraint("rate > 0"), nullable=False),
    Column("personnel_number", String(20)),
    Column("started_on", Date, nullable=False),
    Column("ended_on", Date),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    Column("revision", BigInteger, nullable=False, unique=True),
    Index("employment_worker", "worker_id"),
    Index("employment_organization", "organization_oid", "ended_on"),
)

restriction = Table(
    "restriction",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("worker_id", Uuid, ForeignKey("worker.id"), nullable=False),
    Column(
        "kind",
        String(24),
        one_of("kind", "PRACTICE_BAN", "SUSPENSION", "PROCEDURE_LIMIT", "REPRIMAND"),
        nullable=False,
    ),
    Column("reason", String(400), nullable=False),
    Column("authority", String(200), nullable=False),
    Column("document_number", String(40), nullable=False),
    Column("imposed_on", Date, nullable=False),
    Column("lifted_on", Date),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    Column("revision", BigInteger, nullable=False, unique=True),
    Index("restriction_worker", "worker_id"),
)

absence = Table(
    "absence",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("employment_id", Uuid, ForeignKey("employment.id"), nullable=False),
    Column("kind", String(16), one_of("kind", "PARENTAL", "STUDY", "OTHER"), nullable=False),
    Column("started_on", Date, nullable=False),
    Column("ended_on", Date),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    Column("revision", BigInteger, nullable=False, unique=True),
    Index("absence_employment", "employment_id"),
)
