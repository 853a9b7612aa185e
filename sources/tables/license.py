"""The tables of the licence registry, exactly as that registry has them. Never altered by Svod."""

from sqlalchemy import (
    CHAR,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    MetaData,
    String,
    Table,
    Uuid,
    text,
)

from sources.tables.values import one_of

metadata = MetaData()

license = Table(  # noqa: A001 - the registry's own name
    "license",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("number", String(32), nullable=False, unique=True),
    Column("old_number", String(32)),
    Column("holder_kind", String(16), one_of("holder_kind", "ORGANIZATION", "WORKER"), nullable=False),
    Column("holder_inn", String(12), nullable=False),
    Column("holder_ogrn", String(15), nullable=False),
    Column("organization_oid", String(64)),
    Column("worker_snils", CHAR(11)),
    Column("holder_name", String(400), nullable=False),
    Column("authority", String(200), nullable=False),
    Column("region_code", CHAR(2), nullable=False),
    Column("order_number", String(40)),
    Column("issued_on", Date, nullable=False),
    Column("valid_until", Date),
    Column("suspended_on", Date),
    Column(
        "status",
        String(16),
        one_of("status", "ACTIVE", "SUSPENDED", "EXPIRED", "TERMINATED", "REVOKED"),
        nullable=False,
    ),
    Column("terminated_on", Date),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    Column("revision", BigInteger, nullable=False, unique=True),
    Index("license_organization", "organization_oid"),
    Index("license_holder", "holder_inn", "holder_ogrn"),
    Index("license_worker", "worker_snils"),
    Index("license_status", "status", "valid_until"),
)

license_activity = Table(
    "license_activity",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("license_id", Uuid, ForeignKey("license.id"), nullable=False),
    Column("activity_code", String(16), nullable=False),
    Column("care_kind", String(16), nullable=False),
    Column("address", String(300), nullable=False),
    Column("suspended", Boolean, nullable=False, server_default=text("false")),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    Column("revision", BigInteger, nullable=False, unique=True),
    Index("license_activity_license", "license_id"),
)

license_event = Table(
    "license_event",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("license_id", Uuid, ForeignKey("license.id"), nullable=False),
    Column(
        "kind",
        String(16),
        one_of("kind", "ISSUED", "CHANGED", "SUSPENDED", "RESUMED", "TERMINATED", "REVOKED"),
        nullable=False,
    ),
    Column("happened_on", Date, nullable=False),
    Column("order_number", String(40)),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    Column("revision", BigInteger, nullable=False, unique=True),
    Index("license_event_license", "license_id"),
)
