"""Settings: read once from the environment, frozen, every wrong one refused by its name."""

import os
from enum import StrEnum
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings import SettingsError as UndecodableError

from gateway.rates.policy import POLICIES, policy_of

PREFIX = "SVOD_"
SERVER_URLS = (
    "workers_url",
    "organizations_url",
    "licenses_url",
    "qualifications_url",
    "store_url",
    "redis_url",
)


class Environment(StrEnum):
    """Where Svod runs. Production starts no servers of its own and refuses the demo key."""

    DEMO = "demo"
    PRODUCTION = "production"


def _database_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "postgresql" or not parts.path.strip("/"):
        raise ValueError("should be like postgresql://user:password@host:5432/database")
    return url


def _redis_url(url: str) -> str:
    if urlsplit(url).scheme not in ("redis", "rediss", "unix"):
        raise ValueError("should be like redis://host:6379/0, rediss://… or unix:///path")
    return url


def _time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as exc:
        raise ValueError("should be the name of a time zone, like Europe/Moscow") from exc
    return name


def _origin(text: str) -> str:
    parts = urlsplit(text)
    if text != "*" and (parts.scheme not in ("http", "https") or text != f"{parts.scheme}://{parts.netloc}"):
        raise ValueError("should be origins like https://front.example, without a path")
    return text


def _role(name: str) -> str:
    if name not in POLICIES:
        raise ValueError(f"should be roles of: {', '.join(POLICIES)}")
    return name


def _rate(text: str) -> str:
    policy_of("", text)
    return text


def _network(text: str) -> str:
    try:
        ip_network(text)
    except ValueError as exc:
        raise ValueError("should be addresses or networks, like 10.0.0.0/8") from exc
    return text


DatabaseUrl = Annotated[str, AfterValidator(_database_url)]
RedisUrl = Annotated[str, AfterValidator(_redis_url)]
Origin = Annotated[str, AfterValidator(_origin)]
RoleName = Annotated[str, AfterValidator(_role)]
RateText = Annotated[str, AfterValidator(_rate)]
Network = Annotated[str, AfterValidator(_network)]


class LogLevel(StrEnum):
    """How much is logged: this level and the graver ones."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Settings(BaseSettings):
    """Every `SVOD_…` variable, with its default, unit and meaning."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore", env_ignore_empty=True)

    env: Environment = Field(Environment.DEMO, description="`demo` or `production`.")
    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=1, le=65535, description="Port to listen on.")
    processes: int = Field(
        1, ge=1, le=128, description="Processes that serve, each on one processor; they share the port."
    )
    data_dir: Path = Field(Path(".svod"), description="Folder of Svod's own PostgreSQL, Redis and demo key.")
    log_level: LogLevel = Field(LogLevel.INFO, description="`debug`, `info`, `warning` or `error`.")

    workers_url: DatabaseUrl | None = Field(
        None, description="URL of the worker registry's database (`postgresql://…`). Unset: Svod's own."
    )
    organizations_url: DatabaseUrl | None = Field(
        None, description="URL of the organization registry's database. Unset: Svod's own."
    )
    licenses_url: DatabaseUrl | None = Field(
        None, description="URL of the licence registry's database. Unset: Svod's own."
    )
    qualifications_url: DatabaseUrl | None = Field(
        None, description="URL of the qualification registry's database. Unset: Svod's own."
    )
    store_url: DatabaseUrl | None = Field(
        None,
        description="URL of Svod's own database, with the account that uses its tables. Unset: Svod's own.",
    )
    store_owner_url: DatabaseUrl | None = Field(
        None,
        description="The same database with the account that owns its tables, which makes them at the start."
        " Unset: that of `SVOD_STORE_URL`.",
    )
    projection_url: DatabaseUrl | None = Field(
        None,
        description="URL of the database that holds the projection, with an account that may make schemas and"
        " temporary tables there. Unset: that of `SVOD_STORE_URL`.",
    )
    redis_url: RedisUrl | None = Field(None, description="URL of Redis (`redis://…`). Unset: Svod's own.")

    registry_timeout: float = Field(
        2.0, gt=0, le=60, description="Deadline of one read of a registry, in seconds."
    )
    registry_connections: int = Field(
        8, ge=1, le=500, description="Connections kept to each registry, and reads at once."
    )

    journal_timeout: float = Field(
        2.0,
        gt=0,
        le=60,
        description="Seconds in which an entry of the journal must stand, or its answer does not leave.",
    )

    time_zone: Annotated[str, AfterValidator(_time_zone)] = Field(
        "Europe/Moscow", description="Time zone whose calendar says what day is today."
    )
    feed_interval: float = Field(
        1.0,
        gt=0,
        le=60,
        description="Seconds between two looks at a registry's changes, while somebody listens.",
    )

    search_timeout: float = Field(
        5.0, gt=0, le=600, description="Seconds that one statement of a search may take."
    )
    search_connections: int = Field(
        8,
        ge=1,
        le=500,
        description="Connections that searches keep to the projection, and statements at once.",
    )
    search_rights_lag: float = Field(
        60.0,
        gt=0,
        le=86_400,
        description="Seconds that the worker registry's part of the projection may be old where it decides of"
        " whom a caller may ask what is not for everyone.",
    )

    export_at_once: int = Field(
        4, ge=1, le=100, description="Exports that one process writes at once; of one caller half as many."
    )
    export_page: int = Field(
        2_000, ge=1, le=20_000, description="Rows that an export asks for at once; the first time fewer."
    )
    export_seconds: float = Field(
        3_600.0, gt=0, le=86_400, description="Seconds that one export may take, slow readers included."
    )
    export_patience: float = Field(
        20.0,
        ge=0,
        le=600,
        description="Seconds for which an export that has begun waits for a registry that is away.",
    )
    export_search_timeout: float = Field(
        60.0, gt=0, le=600, description="Seconds that one statement of an export's search may take."
    )
    limit_export_search_cost: int = Field(
        20_000_000,
        ge=1,
        description="What an export's search may be expected to cost, in the units of PostgreSQL's planner.",
    )
    saved_searches: int = Field(50, ge=1, le=1_000, description="Searches that one caller may keep.")
    saved_search_interval: float = Field(
        2.0,
        gt=0,
        le=3_600,
        description="Seconds between two looks at whether the projection has moved, while somebody listens"
        " for changes of a saved search.",
    )

    sync: bool = Field(
        True,
        description="Whether serving processes keep the projection, one at a time; the others search in it.",
    )
    sync_interval: float = Field(
        0.5, gt=0, le=60, description="Seconds between two looks at a registry by who keeps the projection."
    )
    sync_lease: float = Field(
        10.0,
        ge=1,
        le=600,
        description="Seconds in which another process has taken the projection over from one that is gone.",
    )
    sync_copy_timeout: float = Field(
        600.0, gt=0, le=86_400, description="Seconds that one copy out of a registry may take."
    )

    demo_workers: int = Field(
        5_000, ge=1, le=5_000_000, description="Workers in the demo data that the first start loads."
    )

    issuer: str | None = Field(
        None,
        description="Who signs the tokens (`iss`). Unset: Svod's own demo issuer, refused in production.",
    )
    audience: str | None = Field(
        None, description="Whom the tokens are for (`aud`). Set together with the issuer."
    )
    jwks: str | None = Field(
        None,
        description="The issuer's public keys (JWKS): a URL or a file. Unset: found by discovery.",
    )

    session_minutes: float = Field(
        15.0, gt=0, le=1_440, description="Minutes without use after which a session (`sid`) ends."
    )

    open_introspection: bool | None = Field(
        None,
        description="Whether callers without a token may ask for the schema (`__schema`, `_service`) and for"
        " `_entities`. Unset: yes in demo, no in production.",
    )
    cors_origins: tuple[Origin, ...] = Field(
        (), description="Origins whose pages may ask from a browser, as a JSON list. Empty: only our own."
    )
    metrics_token: SecretStr | None = Field(
        None,
        description="The token that `/metrics` wants (`Authorization: Bearer …`). Unset: open in demo, closed"
        " in production.",
    )
    behind_tls: bool = Field(
        False, description="Whether TLS ends in front of Svod: browsers are told to come by HTTPS only."
    )
    sse_heartbeat: float = Field(
        12.0, gt=0, le=600, description="Seconds of silence after which an event stream gets a comment line."
    )
    persisted_ttl: int = Field(
        86_400, ge=60, description="Seconds that a persisted query is kept after its last use."
    )

    trusted_documents: Path | None = Field(
        None, description="File with the manifest of trusted documents. Unset: there are none."
    )
    trusted_only: tuple[RoleName, ...] = Field(
        (),
        description="Roles that may ask trusted documents only, as a JSON list; `public` is who has no token."
        " Empty: everyone may ask anything.",
    )
    trusted_proxies: tuple[Network, ...] = Field(
        (),
        description="Addresses or networks of our own proxies, as a JSON list: who they say the caller is"
        " (`X-Forwarded-For`) is believed. Empty: nobody is.",
    )
    lookups_per_hour: int = Field(
        300,
        ge=1,
        description="Look-ups of people by a personal field (СНИЛС, birth date) that one caller may make in"
        " an hour.",
    )
    rate_public: RateText = Field(
        "20/s burst 200; cost 10000/s burst 100000",
        description="What an address (of IPv6: 64 bits of it) may ask in time without a token.",
    )
    rate_worker: RateText = Field(
        "20/s burst 200; cost 10000/s burst 100000",
        description="What a worker may ask in time.",
    )
    rate_employer: RateText = Field(
        "50/s burst 500; cost 50000/s burst 500000",
        description="What an employer may ask in time.",
    )
    rate_regulator: RateText = Field(
        "50/s burst 500; cost 50000/s burst 500000",
        description="What a regulator may ask in time.",
    )
    rate_insurer: RateText = Field(
        "50/s burst 500; cost 50000/s burst 500000",
        description="What an insurer may ask in time.",
    )
    rate_auditor: RateText = Field(
        "50/s burst 500; cost 50000/s burst 500000",
        description="What an auditor may ask in time.",
    )
    rate_analyst: RateText = Field(
        "20/s burst 200; cost 100000/s burst 1000000",
        description="What an analyst may ask in time.",
    )
    rate_admin: RateText = Field(
        "50/s burst 500; cost 50000/s burst 500000",
        description="What an administrator may ask in time.",
    )
    rate_support: RateText = Field(
        "20/s burst 200; cost 10000/s burst 100000",
        description="What the support desk may ask in time.",
    )

    limit_search_cost: int = Field(
        2_000_000,
        ge=1,
        description="What a search may be expected to cost, in the units of PostgreSQL's planner.",
    )
    limit_body: int = Field(1_048_576, ge=1024, description="Bytes of a request's body or of one message.")
    limit_body_seconds: float = Field(10.0, gt=0, description="Seconds in which a body must have arrived.")
    limit_head: int = Field(16_384, ge=1024, description="Bytes of a request's line and headers together.")
    limit_head_seconds: float = Field(10.0, gt=0, description="Seconds in which a head must have arrived.")
    limit_json_depth: int = Field(32, ge=4, le=500, description="Levels of nested JSON in a request.")
    limit_batch: int = Field(10, ge=1, description="Operations in one batch (a JSON list in one request).")
    limit_document: int = Field(100_000, ge=100, description="Characters of a GraphQL document.")
    limit_tokens: int = Field(4_000, ge=10, description="Tokens in a GraphQL document.")
    limit_depth: int = Field(20, ge=1, le=150, description="Levels of nested fields, through fragments.")
    limit_fields: int = Field(
        2_000, ge=1, description="Fields and fragments of an operation, each fragment spread out."
    )
    limit_root_fields: int = Field(20, ge=1, description="Fields at the root of an operation.")
    limit_aliases: int = Field(100, ge=0, description="Aliases of an operation, each fragment spread out.")
    limit_directives: int = Field(
        100, ge=0, description="Directives of an operation, each fragment spread out."
    )
    limit_comparisons: int = Field(
        50_000, ge=1_000, description="Comparisons that validation makes of fields asked at the same place."
    )
    limit_operations: int = Field(10, ge=1, description="Operations defined in one document.")
    limit_cost: int = Field(
        100_000, ge=1, description="Cost of an operation: weights of fields times list sizes."
    )
    limit_list_size: int = Field(
        10, ge=1, description="Size that the cost takes for a list whose size the query does not state."
    )
    limit_validation_errors: int = Field(20, ge=1, description="Errors reported for one document.")
    limit_subscriptions: int = Field(50, ge=1, description="Operations running at once on one WebSocket.")
    limit_init_seconds: float = Field(
        10.0, gt=0, description="Seconds in which a WebSocket must send `connection_init`."
    )
    limit_documents: int = Field(
        32_000_000,
        ge=0,
        description="Bytes of memory for prepared documents; a tenth more for wrong ones.",
    )
    limit_persisted: int = Field(10_000, ge=1, description="Persisted queries kept in Redis.")


class SettingsError(Exception):
    """The environment cannot be used. Names each wrong variable and what would be right; shows no value."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__("; ".join(f"{name} {reason}" for name, reason in faults.items()))
        self.faults = faults


def variable(field: str) -> str:
    """The environment variable that sets this field."""
    return f"{PREFIX}{field}".upper()


def environment_settings() -> Settings:
    """The settings that the environment gives. Raises SettingsError, with every fault at once."""
    known = {variable(field) for field in Settings.model_fields}
    faults = {
        name: "is not a setting of Svod"
        for name in sorted(os.environ)
        if name.upper().startswith(PREFIX) and name.upper() not in known
    }
    try:
        settings = Settings()
    except ValidationError as error:
        # From None: a validation error quotes the values, and a URL holds a password.
        raise SettingsError(faults | _reasons(error)) from None
    except UndecodableError as error:
        raise SettingsError(faults | _undecodable(error)) from None
    faults |= _missing_in_production(settings)
    if faults:
        raise SettingsError(faults)
    return settings


def _reasons(error: ValidationError) -> dict[str, str]:
    reasons = {}
    for fault in error.errors(include_input=False, include_url=False):
        text = str(fault["ctx"]["error"]) if fault["type"] == "value_error" else fault["msg"]
        reasons[variable(str(fault["loc"][0]))] = text.removeprefix("Input ")
    return reasons


def _undecodable(error: UndecodableError) -> dict[str, str]:
    """A list that is not JSON stops the reading before the other fields are looked at."""
    fields = [field for field in Settings.model_fields if f'"{field}"' in str(error)]
    return {variable(field): "should be a JSON list" for field in fields}


def _missing_in_production(settings: Settings) -> dict[str, str]:
    if settings.env is not Environment.PRODUCTION:
        return {}
    return {
        variable(field): "must be set in production, where Svod starts no servers of its own"
        for field in SERVER_URLS
        if getattr(settings, field) is None
    }
