"""The four registries, by name."""

from enum import StrEnum


class Registry(StrEnum):
    """A registry that Svod reads and does not own."""

    # By the text, not by Enum's own method: a registry is looked up several times for every request.
    __hash__ = str.__hash__

    WORKERS = "WORKERS"
    ORGANIZATIONS = "ORGANIZATIONS"
    LICENSES = "LICENSES"
    QUALIFICATIONS = "QUALIFICATIONS"
