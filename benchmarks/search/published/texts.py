"""Free text: whole names, beginnings, typos, Latin letters, words of positions and organizations."""

from benchmarks.search.published.searching import Search, ordered
from benchmarks.search.values import Value


def _text(name: str, title: str, query: Value, **more: object) -> Search:
    return Search(name, title, "workers", {"query": query, **more})


TEXTS = (
    _text("surname", "a surname", Value.SURNAME),
    _text("full_name", "first name and surname, lower case", Value.FULL_NAME),
    _text("beginning", "four letters of a surname", Value.SURNAME_BEGINNING),
    _text("typo", "a surname with a letter missing", Value.SURNAME_WITH_TYPO),
    _text("latin", "a surname in Latin letters", Value.SURNAME_IN_LATIN),
    _text("common_surname", "one of the thirty commonest surnames", Value.COMMON_SURNAME),
    _text("surname_and_position", "a surname and a word of a position", Value.SURNAME_AND_POSITION),
    _text(
        "surname_and_organization",
        "a surname and a word of an organization's name",
        Value.SURNAME_AND_ORGANIZATION,
    ),
    _text("number", "a registry number", Value.NUMBER),
    _text(
        "text_and_filter",
        "a common surname in a region with a specialty in force, by organization",
        Value.COMMON_SURNAME,
        where={
            "regions": [Value.LARGE_REGION],
            "credentials": {"some": {"inForce": True, "specialties": [Value.SPECIALTY]}},
        },
        orderBy=ordered("ORGANIZATION"),
    ),
)
