"""Settings: read once from the environment, frozen, every wrong one refused by its name."""

from enum import StrEnum
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Environment(StrEnum):
    """Where Svod runs. Production starts no servers of its own and refuses the demo key."""

    DEMO = "demo"
    PRODUCTION = "production"


class Settings(BaseSettings):
    """Every `SVOD_…` variable, with its default, unit and meaning."""

    model_config = SettingsConfigDict(env_prefix="SVOD_", frozen=True, extra="ignore")

    env: Environment = Field(Environment.DEMO, description="`demo` or `production`.")
    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=1, le=65535, description="Port to listen on.")
    data_dir: Path = Field(Path(".svod"), description="Folder of Svod's own PostgreSQL, Redis and demo key.")

    workers_url: str | None = Field(
        None, description="URL of the worker registry's database (`postgresql://…`). Unset: Svod's own."
    )
    organizations_url: str | None = Field(
        None, description="URL of the organization registry's database. Unset: Svod's own."
    )
    licenses_url: str | None = Field(
        None, description="URL of the licence registry's database. Unset: Svod's own."
    )
    qualifications_url: str | None = Field(
        None, description="URL of the qualification registry's database. Unset: Svod's own."
    )
    redis_url: str | None = Field(None, description="URL of Redis (`redis://…`). Unset: Svod's own.")

    registry_timeout: float = Field(
        2.0, gt=0, le=60, description="Deadline of one read of a registry, in seconds."
    )
    registry_connections: int = Field(
        8, ge=1, le=500, description="Connections kept to each registry, and reads at once."
    )

    demo_workers: int = Field(
        5_000, ge=1, le=5_000_000, description="Workers in the demo data that the first start loads."
    )
