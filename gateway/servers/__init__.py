"""Svod's own PostgreSQL and Redis, for a first run and for tests."""

from gateway.servers.errors import (
    AlreadyRunning,
    DemoDataFailed,
    OtherVersion,
    ServersError,
    StartFailed,
    Unusable,
)
from gateway.servers.own import OwnServers

__all__ = [
    "AlreadyRunning",
    "DemoDataFailed",
    "OtherVersion",
    "OwnServers",
    "ServersError",
    "StartFailed",
    "Unusable",
]
