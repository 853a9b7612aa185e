"""Values that are masked for everyone, whatever the rights."""

from auth.masks import mask

PERSON_INN = 12


def business_inn(inn: str) -> str:
    """The INN of an organization; a proprietor's is a person's own, so it is shown masked."""
    return inn if len(inn) < PERSON_INN else mask("Inn", inn) or ""
