"""The tables of the organization registry (ФРМО), as that registry has them. Never altered by Svod."""

from sqlalchemy import (
    CHAR,
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Numeric,
    String,
    Table,
    Uuid,
)

from sources.tables.values import one_of

metadata = MetaData()

organization = Table(
    "organization",
    metadata,
    Column("oid", String(64), primary_key=True),
    Column("full_name", String(400), nullable=False),
    Column("short_name", String(160), nullable=False),
    Column("legal_form", String(16), one_of("legal_form", "ENTITY", "PROPRIETOR"), nullable=False),
    Column("inn", String(12), nullable=False),
    Column("kpp", CHAR(9)),
    Column("ogrn", String(15), nullable=False),
    Column("kind_code", String(16), nullable=False),
    Column(
        "ownership",
        String(16),
        one_of("ownership", "FEDERAL", "REGIONAL", "MUNICIPAL", "PRIVATE"),
        nullable=False,
    ),
    Column("region_code", CHAR(2), nullable=False),
    Column("address", String(300), nullable=False),
    Column("latitude", Numeric(9, 6)),
    Column("longitude", Numeric(9, 6)),
    Column("phone", String(20)),
    Column("email", String(120)),
    Column("website", String(200)),
    Column("head_name", String(240)),
    Column("parent_oid", String(64)),
    Column("status", String(16), one_of("status", "ACTIVE", "REORGANIZED", "LIQUIDATED"), nullable=False),
    Column("registered_on", Date, nullable=False),
    Column("closed_on", Date),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    Column("revision", BigInteger, nullable=False, unique=True),
    Index("organization_region", "region_code", "kind_code"),
    Index("organization_parent", "parent_oid"),
    Index("organization_inn", "inn", "ogrn"),
)

department = Table(
    "department",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("organization_oid", String(64), ForeignKey("organization.oid"), nullable=False),
    Column("parent_id", Uuid),
    Column("name", String(200), nullable=False),
    Column(
        "kind",
        String(16),
        one_of("kind", "AMBULATORY", "INPATIENT", "LABORATORY", "EMERGENCY", "ADMINISTRATIVE"),
        nullable=False,
    ),
    Column("address", String(300)),
    Column("beds", Integer),
    Column("closed_on", Date),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    Column("revision", BigInteger, nullable=False, unique=True),
    Index("department_organization", "organization_oid"),
)

staffing_unit = Table(
    "staffing_unit",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("organization_oid", String(64), ForeignKey("organization.oid"), nullable=False),
    Column("department_id", Uuid),
    Column("position_code", String(16), nullable=False),
    Column("posts", Numeric(6, 2), CheckConstraint("posts > 0"), nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    Column("revision", BigInteger, nullable=False, unique=True),
    Index("staffing_unit_organization", "organization_oid"),
)
