"""Code lists: an entry stands wherever a record holds a code."""

import strawberry

from resolvers.dictionary import dictionary_entries
from resolvers.link import column
from schema.directives import about
from schema.fields import public


@strawberry.type(
    description="A code with its name. A code that its dictionary lacks is shown, with `known: false`."
)
class DictionaryEntry:
    """A code with its name."""

    code: str = public("The code, as the registry holds it.")
    name: str | None = public("Its name in Russian; null for a code that the dictionary does not know.")
    dictionary: str = public("The dictionary it belongs to (справочник), by its name in `dictionaries`.")
    known: bool = public("Whether the dictionary knows the code.")


@strawberry.type(description="A code list (справочник) as this gateway carries it.")
class Dictionary:
    """A code list."""

    name: str = public("Its name here, e.g. `positions`.", column("dictionary"))
    title: str = public("Its Russian title.")
    oid: str | None = public("OID of the official dictionary (ФНСИ), where one is known.")
    entries: list[DictionaryEntry] = public(
        "Its codes, in the list's own order.", dictionary_entries, directives=[about(100)]
    )
