"""What may be changed: what callers keep in Svod. No registry is."""

import strawberry

from auth.rights import FieldClass
from schema import saved_search as saved
from schema.fields import public

PUBLIC = FieldClass.PUBLIC


@strawberry.type(description="What may be changed: what the caller keeps in Svod himself. No registry is.")
class Mutation:
    """What may be changed."""

    create_saved_search: saved.SavedSearch | None = public(
        "Keep a search under a name. It has to be one that the caller could run now.",
        saved.create,
        arguments={"input": PUBLIC},
    )
    rename_saved_search: saved.SavedSearch | None = public(
        "Give one of the caller's saved searches another name.",
        saved.rename,
        arguments={"id": PUBLIC, "name": PUBLIC},
    )
    delete_saved_search: strawberry.ID | None = public(
        "Forget one of the caller's saved searches; its id.", saved.delete, arguments={"id": PUBLIC}
    )
