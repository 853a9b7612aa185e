"""The values that a registry lets into a column."""

from sqlalchemy import CheckConstraint


def one_of(column: str, *values: str) -> CheckConstraint:
    """The column holds one of these values."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} in ({listed})")
