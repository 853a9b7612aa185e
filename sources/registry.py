"""The four registries, by name."""

from enum import StrEnum


class Registry(StrEnum):
    """A registry that Svod reads and does not own."""

    WORKERS = "WORKERS"
    ORGANIZATIONS = "ORGANIZATIONS"
    LICENSES = "LICENSES"
    QUALIFICATIONS = "QUALIFICATIONS"
