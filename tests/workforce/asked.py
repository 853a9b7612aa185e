"""An aggregate as a document with variables."""

from typing import Any, Final

from auth.principal import Grant, Principal, Role
from tests.asking import Asking

WORKFORCE: Final = """
query Counted(
    $by: [WorkforceDimension!], $measures: [WorkforceMeasure!]!, $where: WorkforceWhere, $within: Days! = 90
) {
    workforce(groupBy: $by, measures: $measures, where: $where, expiringWithin: $within) {
        suppressed
        total { values suppressed }
        rows { keys { value } values suppressed }
    }
}"""


def caller(role: Role, **extent: Any) -> Principal:
    """Somebody with one grant."""
    return Principal(role.value, frozenset({Grant(role, **extent)}))


async def answered(
    asking: Asking,
    principal: Principal,
    *measures: str,
    by: tuple[str, ...] = (),
    where: dict[str, Any] | None = None,
    within: int = 90,
    purpose: str | None = None,
) -> Any:
    """What the gateway answers."""
    asked = {"by": list(by), "measures": list(measures), "where": where, "within": within}
    return await asking.ask(WORKFORCE, asked, principal=principal, purpose=purpose)
