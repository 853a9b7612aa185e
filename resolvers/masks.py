"""Values that are masked for everyone, whatever the rights, and that nobody can ask by."""

from auth.masks import mask
from resolvers.errors import BadArgument
from sources.keys import Inn

PERSON_INN = 12


def business_inn(inn: str) -> str:
    """The INN of an organization; a proprietor's is a person's own, so it is shown masked."""
    return inn if len(inn) < PERSON_INN else mask("Inn", inn) or ""


def asked_inn(argument: str, inn: Inn | None) -> Inn | None:
    """The INN to ask by. A person's own is refused: whoever guesses must not learn that he guessed right."""
    if inn is not None and len(inn) >= PERSON_INN:
        raise BadArgument(
            f"`{argument}` takes the INN of an organization, 10 digits; a person's own finds nobody"
        )
    return inn
