"""What an organization's own people ask: which posts are vacant, and what ends soon."""

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import strawberry

from auth.rights import FieldClass
from resolvers import organization as resolve
from schema.dictionary import DictionaryEntry
from schema.directives import about, page
from schema.fields import internal, public

if TYPE_CHECKING:
    from schema.credential import Credential
    from schema.license import License


@strawberry.type(
    description="A position of the staffing schedule: posts planned against rates occupied today."
)
class PositionStaffing:
    """A position of the staffing schedule."""

    position: DictionaryEntry = public("Position (должность).", resolve.position)
    posts: Decimal = public("Posts planned (штатные единицы).")
    occupied: Decimal | None = internal("Rates occupied today (занятые ставки).", resolve.occupied)
    vacant: Decimal | None = internal(
        "Posts that nobody occupies; 0 where more is occupied than planned (вакансии).", resolve.vacant
    )
    people: int | None = internal("People on the position today.", resolve.people)


@strawberry.type(description="What ends soon in an organization, soonest first.")
class OrganizationExpiring:
    """What ends soon in an organization."""

    credentials: list[Annotated["Credential", strawberry.lazy("schema.credential")]] | None = public(
        "Credentials of people employed today. Sources: the worker and the qualification registry.",
        resolve.expiring_credentials,
        directives=[page(pages=False)],
        arguments={"first": FieldClass.PUBLIC},
    )
    licenses: list[Annotated["License", strawberry.lazy("schema.license")]] | None = public(
        "Licences of the organization. Source: the licence registry.",
        resolve.expiring_licenses,
        directives=[about(2)],
    )
