"""Leaks planted by hand, one at a time, in the code that decides: each a mistake that somebody could make."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import pytest
from sqlalchemy import literal_column, or_

import auth.gate
import auth.rules
import gateway.bootstrap
import gateway.plans.compiled
import gateway.plans.kinds
import gateway.plans.plan_rights
import resolvers.entities
import resolvers.lead
import resolvers.roots
import schema.filters.license
import schema.filters.organization
import sources.sql.reach
import sources.sql.staff
import sources.sql.worker
from auth.gate import Gate
from auth.masks import mask
from auth.recent import Recent
from auth.rights import Decision, FieldClass, Reason
from auth.rules import OrganizationSubject, Reach, RightsSet, Standing
from engine.execution import Engine
from gateway.build import built_schema
from gateway.contexts import Contexts
from gateway.plans.plan_rights import PlanRights
from gateway.rejections import Rejections
from resolvers.link import Ask
from sources.sql.listing import Listing
from sources.tables.worker import employment
from sources.worker import WorkerRecord

Leak = Callable[[pytest.MonkeyPatch], None]


def a_field_without_its_class(patch: pytest.MonkeyPatch) -> None:
    """Somebody forgets that a telephone is personal."""
    _declared(patch, ("Worker", "phone"), field_class=FieldClass.PUBLIC)


def a_field_carried_by_no_guarded_link(patch: pytest.MonkeyPatch) -> None:
    """A field is said to be decided by its link, which everyone may follow."""
    _declared(patch, ("Employment", "rate"), carried=True)


def _declared(patch: pytest.MonkeyPatch, at: tuple[str, str], **changes: Any) -> None:
    made = built_schema

    def built() -> Any:
        whole = made()
        return replace(
            whole, declarations={**whole.declarations, at: replace(whole.declarations[at], **changes)}
        )

    patch.setattr(gateway.bootstrap, "built_schema", built)


def plans_kept_without_rights(patch: pytest.MonkeyPatch) -> None:
    """Whoever asks an operation first decides what all others see of it."""
    compiled = Engine._compiled

    def keyless(engine: Engine, operation: Any, variables: Any, rights: Any, _key: Any) -> Any:
        return compiled(engine, operation, variables, rights, None)

    patch.setattr(Engine, "_compiled", keyless)


def decisions_kept_without_rights(patch: pytest.MonkeyPatch) -> None:
    """The gate remembers an operation's decisions, and forgets whose they were."""

    class Forgetful(Recent[Any, Any]):
        def get(self, key: Any, make: Callable[[], Any]) -> Any:
            forgotten = isinstance(key, tuple) and isinstance(key[-1], RightsSet)
            return super().get(key[:-1] if forgotten else key, make)

    patch.setattr(auth.gate, "Recent", Forgetful)


def rights_kept_without_purpose(patch: pytest.MonkeyPatch) -> None:
    """A principal's rights are remembered by his token alone, so that a purpose stated once holds on."""
    rights = Contexts._rights
    known: dict[int, RightsSet] = {}

    def kept(contexts: Contexts, principal: Any, purpose: Any) -> RightsSet:
        return known.setdefault(id(principal), rights(contexts, principal, purpose))

    patch.setattr(Contexts, "_rights", kept)


def an_unguarded_entity(patch: pytest.MonkeyPatch) -> None:
    """Of one type of record it is not asked whose it is."""
    standings = PlanRights.standings

    def anybodys(self: Any, context: Any, type_name: str, rows: Any, answers: Any) -> Any:
        found = standings(self, context, type_name, rows, answers)
        if type_name != "Training":
            return found
        return [each if isinstance(each, Exception) else _widest(each) for each in found]

    patch.setattr(PlanRights, "standings", anybodys)


def _widest(rights: RightsSet) -> RightsSet:
    """The same roles, reaching everyone."""
    standings = (Standing(each.role, Reach.EVERYONE) for each in rights.standings)
    return rights._replace(standings=frozenset(standings))


def an_entity_found_by_snils(patch: pytest.MonkeyPatch) -> None:
    """A router may ask for a worker by a key that is nobody's to ask by."""
    asked = resolvers.entities._asked

    def by_snils(representation: Any) -> Any:
        keys = representation.keys()
        by_another = "snils" not in keys or keys & {"id", "registryNumber"}
        return asked(representation) if by_another else Ask("worker_by_snils", representation["snils"])

    patch.setattr(resolvers.entities, "_asked", by_snils)


def a_lookup_by_snils_without_rights(patch: pytest.MonkeyPatch) -> None:
    """Who may look for some looks for anybody."""

    async def found(context: Any, snils: Any) -> Any:
        return await context.loaders.worker_by_snils.load(snils)

    patch.setattr(resolvers.roots, "_worker_by_snils", found)


def a_claim_by_snils_without_rights(patch: pytest.MonkeyPatch) -> None:
    """Who may verify some by their SNILS verifies anybody."""
    _claimed(patch, "snils")


def a_birth_date_compared_for_anybody(patch: pytest.MonkeyPatch) -> None:
    """A guess at a date is confirmed of whoever was found by a public number."""
    _claimed(patch, "birthDate")


def _claimed(patch: pytest.MonkeyPatch, free: str) -> None:
    sight = resolvers.lead._sight

    def sees(context: Any, fact: str, caller: Any, subject: Any) -> Any:
        return True if fact == free else sight(context, fact, caller, subject)

    patch.setattr(resolvers.lead, "_sight", sees)


def a_persons_inn_to_ask_by(patch: pytest.MonkeyPatch) -> None:
    """A guess at a masked number is confirmed."""
    for room in (resolvers.roots, schema.filters.organization, schema.filters.license):
        patch.setattr(room, "asked_inn", lambda _argument, inn: inn)


def a_mask_that_shows_too_much(patch: pytest.MonkeyPatch) -> None:
    """Four digits of a telephone instead of two."""

    def generous(kind: str, value: object) -> str | None:
        return f"+7 *** ***-{str(value)[-4:]}" if kind == "Phone" and mask(kind, value) else mask(kind, value)

    patch.setattr(auth.gate, "mask", generous)


def an_employment_that_ended_yesterday(patch: pytest.MonkeyPatch) -> None:
    """The sight of a worker lasts a day longer than his employment."""

    def current_on(day: Any) -> Any:
        ended = employment.c.ended_on
        return (employment.c.started_on <= day) & or_(ended.is_(None), ended + literal_column("1") >= day)

    patch.setattr(sources.sql.staff, "current_on", current_on)
    patch.setattr(sources.sql.worker, "SUBJECTS_BY_ID", sources.sql.staff.subjects_by("id"))
    patch.setattr(sources.sql.worker, "SUBJECTS_BY_SNILS", sources.sql.staff.subjects_by("snils"))


def a_liquidated_organization(patch: pytest.MonkeyPatch) -> None:
    """An organization that was closed still sees those who are not yet dismissed."""
    patch.setattr(sources.sql.reach, "LIQUIDATED", "")


def a_branch_reached_by_its_parents_name(patch: pytest.MonkeyPatch) -> None:
    """A closed branch, and the branch of a branch, are taken for the parent's own."""

    def employers(subject: Any) -> Any:
        if isinstance(subject, OrganizationSubject):
            return (subject.oid, subject.parent_oid)
        return subject.organization_oids

    patch.setattr(auth.rules, "_employers", employers)


def a_purpose_that_nobody_asks_for(patch: pytest.MonkeyPatch) -> None:
    """A regulator sees personal data without saying why."""
    _always_met(patch, Reason.PURPOSE)


def identity_without_step_up(patch: pytest.MonkeyPatch) -> None:
    """A password is enough for a passport."""
    _always_met(patch, Reason.STEP_UP)


def _always_met(patch: pytest.MonkeyPatch, reason: Reason) -> None:
    met = auth.rules._met
    patch.setattr(auth.rules, "_met", lambda principal, purpose: met(principal, purpose) | {reason})


def grants_mixed_with_one_another(patch: pytest.MonkeyPatch) -> None:
    """What one grant reaches, another one opens."""
    rights_of_rows = auth.rules.rights_of_rows

    def mixed(principal: Any, purpose: Any, subjects: Any) -> list[RightsSet]:
        found = rights_of_rows(principal, purpose, subjects)
        reached = [any(each.reach is Reach.EVERYONE for each in rights.standings) for rights in found]
        return [_widest(each) if any_one else each for each, any_one in zip(found, reached, strict=True)]

    patch.setattr(gateway.plans.plan_rights, "rights_of_rows", mixed)


def a_column_decided_by_its_first_row(patch: pytest.MonkeyPatch) -> None:
    """The rights over the first record of a column are taken for those over all."""
    rights_of_rows = auth.rules.rights_of_rows

    def first(principal: Any, purpose: Any, subjects: Any) -> list[RightsSet]:
        found = rights_of_rows(principal, purpose, subjects)
        return found[:1] * len(found)

    patch.setattr(gateway.plans.plan_rights, "rights_of_rows", first)


def a_stranger_in_every_region(patch: pytest.MonkeyPatch) -> None:
    """A record whose worker no registry knows, and so no region, is shown to the regulators of all."""
    covers = auth.rules.covers

    def everywhere(principal: Any, grant: Any, subject: Any) -> bool:
        return (subject.region_code is None and grant.regions is not None) or covers(
            principal, grant, subject
        )

    patch.setattr(auth.rules, "covers", everywhere)


def an_error_that_tells_of_a_value(patch: pytest.MonkeyPatch) -> None:
    """Where a value cannot be masked there is an error, and where there is no value there is none."""
    masked = Gate.masked

    def strict(gate: Gate, type_name: str, field_name: str, value: object) -> str:
        found = masked(gate, type_name, field_name, value)
        if found is None:
            raise ValueError("no mask can be made")
        return found

    patch.setattr(Gate, "masked", strict)


def a_dangling_reference_by_its_snils(patch: pytest.MonkeyPatch) -> None:
    """What leads nowhere is told beside the data, by the personal key."""
    patch.setattr(gateway.plans.kinds, "_told_hidden", gateway.plans.kinds._told)


def a_sort_by_snils(patch: pytest.MonkeyPatch) -> None:
    """The order of a list tells whose number is the greater."""

    class BySnils(Listing[WorkerRecord]):
        def __init__(self, database: Any, record: Any, table: Any, key: str, conditions: Any) -> None:
            super().__init__(database, record, table, "snils", conditions)
            self._shown = key

        async def page(self, given: Any, after: Any, limit: int, columns: Any) -> Any:
            return await super().page(given, after, limit, (*columns, self._shown))

    patch.setattr(sources.sql.worker, "Listing", BySnils)


def an_answer_that_should_have_been_refused(patch: pytest.MonkeyPatch) -> None:
    """Where refusals are wanted and rows decide, the answer leaves all the same."""

    async def released(self: Any, prepared: Any, request: Any, caller: Any, context: Any, answer: Any) -> Any:
        return await self._then.released(prepared, request, caller, context, answer)

    patch.setattr(Rejections, "released", released)


def rows_that_only_the_engine_decides(patch: pytest.MonkeyPatch) -> None:
    """The second executor gives every value that some record of the kind would give."""
    patch.setattr(Gate, "row", lambda *_: (Decision.VALUE, None))


LEAKS: Final[tuple[Leak, ...]] = (
    a_field_without_its_class,
    a_field_carried_by_no_guarded_link,
    plans_kept_without_rights,
    decisions_kept_without_rights,
    rights_kept_without_purpose,
    an_unguarded_entity,
    an_entity_found_by_snils,
    a_lookup_by_snils_without_rights,
    a_claim_by_snils_without_rights,
    a_birth_date_compared_for_anybody,
    a_persons_inn_to_ask_by,
    a_mask_that_shows_too_much,
    an_employment_that_ended_yesterday,
    a_liquidated_organization,
    a_branch_reached_by_its_parents_name,
    a_purpose_that_nobody_asks_for,
    identity_without_step_up,
    grants_mixed_with_one_another,
    a_column_decided_by_its_first_row,
    a_stranger_in_every_region,
    an_error_that_tells_of_a_value,
    a_dangling_reference_by_its_snils,
    a_sort_by_snils,
    an_answer_that_should_have_been_refused,
    rows_that_only_the_engine_decides,
)
"""All of them."""
