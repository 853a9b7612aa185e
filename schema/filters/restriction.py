"""Which restrictions of workers: by the worker registry's facts."""

from functools import partial

import strawberry

from resolvers.search.facts import is_, one_of, within
from schema.fields import asked, class_of
from schema.filters.ranges import DateRange
from schema.filters.where import ALL, PUBLIC, Where, all_these, any_of_these, not_this
from schema.restriction import Restriction, RestrictionKind

RESTRICTION = partial(class_of, Restriction)


@strawberry.input(description=f"Which restrictions. {ALL}")
class RestrictionWhere(Where):
    """Which restrictions."""

    and_: list["RestrictionWhere"] | None = all_these()
    or_: list["RestrictionWhere"] | None = any_of_these()
    not_: "RestrictionWhere | None" = not_this()
    kinds: list[RestrictionKind] | None = asked(
        RESTRICTION("kind"), "Kind: one of these.", reads=one_of("kind")
    )
    imposed_on: DateRange | None = asked(RESTRICTION("imposed_on"), "First day.", reads=within("imposed_on"))
    lifted_on: DateRange | None = asked(
        RESTRICTION("lifted_on"),
        "Day on which it was lifted; absent while it holds.",
        reads=within("lifted_on"),
    )
    in_force: bool | None = asked(RESTRICTION("lifted_on"), "Whether it holds today.", reads=is_("in_force"))


@strawberry.input(description=f"Restrictions of which some, none or every one passes. {ALL}")
class RestrictionsWhere:
    """Restrictions of which some, none or every one passes."""

    some: RestrictionWhere | None = asked(PUBLIC, "At least one passes.")
    none: RestrictionWhere | None = asked(PUBLIC, "None passes.")
    every: RestrictionWhere | None = asked(PUBLIC, "All pass; so it is where there are none.")
