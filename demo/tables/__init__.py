"""The registries' tables, word for word as their contract gives them."""

from collections.abc import Mapping
from importlib.resources import files

from sources.registry import Registry

TABLES: Mapping[Registry, tuple[str, ...]] = {
    Registry.WORKERS: ("worker", "employment", "restriction", "absence"),
    Registry.ORGANIZATIONS: ("organization", "department", "staffing_unit"),
    Registry.LICENSES: ("license", "license_activity", "license_event"),
    Registry.QUALIFICATIONS: ("education", "credential", "category", "training"),
}
"""Every table of every registry, in the order in which one may refer to another."""


def definition(registry: Registry) -> str:
    """The SQL that makes the registry's tables and indexes."""
    return files(__name__).joinpath(f"{registry.value.lower()}.sql").read_text("utf-8")
