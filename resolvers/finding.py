"""How findings are answered: which the caller may hear of, and of which he is told whom they are about."""

import datetime as dt
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from auth.principal import Principal
from auth.rights import FieldClass
from auth.sight import sight
from loaders.search import EVERY_REGISTRY
from projections.findings.asked import Asked, FindingChanges, FindingCounts, FindingGroup, FindingPage
from projections.findings.reader import Changes, Count, Evidence, Finding
from projections.search.errors import BadSearch, SearchUnavailable
from projections.search.reader import Freshness
from resolvers.connection import Connection, listing
from resolvers.context import Context, Info
from resolvers.errors import BadArgument, BadCursor
from resolvers.ids import global_id, parsed_id
from resolvers.link import OWN, Ask, Resolver, column, computed, lookup
from resolvers.roots import BY_ID
from resolvers.search.found import AsOf, as_of
from resolvers.search.guarded import Told
from resolvers.search.place import MOST_VALUES
from sources.keys import Oid

MOST_TOP: Final = 1_000
MOST_OPENED: Final = 100
"""So many of what was opened are listed in one event."""


class Language(StrEnum):
    """In which language a text is given."""

    EN = "EN"
    RU = "RU"


async def findings(context: Context, asked: Asked, first: int, after: str | None) -> Connection:
    """The findings that the caller may hear of. Whoever asks about a worker is told by the answer."""
    named = _checked(asked)
    known = _seen(named, context, await context.reach.principal(context))
    if known.worker is not None:
        about = Told(f"Worker:{known.worker}")
        context.released.note("FindingWhere", "worker", [about], masked=False)
    return listing(
        ("findings", named),
        first,
        after,
        key=lambda finding: f"{finding.rule.severity}:{finding.id}",
        parse=_place,
        page=lambda start, size: Ask("finding_page", FindingPage(known, start, size)),
        count=Ask("finding_count", known),
        most=context.most_first,
    )


def _seen(asked: Asked, context: Context, caller: Principal) -> Asked:
    """The same with those of whom the caller is told that there is a finding, and of whom what it is."""
    told = sight(caller, context.purpose, FieldClass.QUALITY)
    return replace(asked, told=told, whole=sight(caller, context.purpose, FieldClass.RESTRICTED))


def _checked(asked: Asked) -> Asked:
    for name in ("kinds", "severities", "registries", "organizations", "regions"):
        if len(getattr(asked, name) or ()) > MOST_VALUES:
            raise BadSearch(("where", name), f"give {MOST_VALUES} values at most")
    return asked


def worker_key(text: str | None) -> UUID | None:
    """The registry's key in the global id of a worker."""
    if text is None:
        return None
    try:
        noun, key = parsed_id(text)
    except BadArgument as exc:
        raise BadSearch(("where", "worker"), "give the global id of a Worker") from exc
    if noun != "Worker" or not isinstance(key, UUID):
        raise BadSearch(("where", "worker"), f"give the global id of a Worker, not of {noun}")
    return key


def _place(key: str) -> tuple[int, UUID]:
    severity, _, name = key.partition(":")
    try:
        return int(severity), UUID(name)
    except ValueError as exc:
        raise BadCursor("argument `after` holds no cursor of Svod") from exc


# A connection's own fields


@dataclass(frozen=True, slots=True)
class Counted:
    """How many findings have a value of what they are counted by."""

    by: FindingGroup
    value: str | None
    count: int


def _counts(root: Connection, _context: Context, by: FindingGroup, top: int = 20) -> Ask:
    if not 1 <= top <= MOST_TOP:
        raise BadArgument(f"argument `top` must be from 1 to {MOST_TOP}, but is {top}")
    asked = root.count.key if isinstance(root.count, Ask) else Asked()  # which would be of nobody
    return Ask("finding_counts", FindingCounts(asked, by, top))


def _freshness(_root: Connection, _context: Context) -> Ask:
    return Ask("search_freshness", EVERY_REGISTRY)


def _fresh(found: Sequence[Freshness], _root: Connection, _context: Context) -> list[AsOf]:
    return [as_of(each) for each in found]


def _counted_of(found: Sequence[Count], _root: Connection, _context: Context) -> list[Count]:
    return list(found)


def _counted_organization(root: Count, _context: Context) -> Ask | None:
    is_oid = root.value is not None and "." in root.value
    return Ask("organization_by_oid", Oid(str(root.value)), root.value) if is_oid else None


counts = lookup(_counts, then=_counted_of)
freshness = lookup(_freshness, then=_fresh)
counted_organization = lookup(_counted_organization)


# A finding


def _organization(root: Finding, _context: Context) -> Ask | None:
    oid = root.organization_oid
    return None if oid is None else Ask("organization_by_oid", oid, oid)


def _license(root: Finding, _context: Context) -> Ask | None:
    return None if root.license_id is None else Ask("license_by_id", root.license_id)


def _worker(root: Finding, _context: Context) -> Ask | None:
    return None if root.about.worker_id is None else Ask("worker_by_id", root.about.worker_id)


def _credential(root: Finding, _context: Context) -> Ask | None:
    return Ask("credential_by_id", UUID(root.key)) if root.record_noun == "Credential" else None


def _subject(root: Finding, _context: Context) -> Ask:
    key = Oid(root.key) if root.record_noun == "Organization" else UUID(root.key)
    return Ask(BY_ID[root.record_noun], key)


def _remedy(root: Finding, _context: Context, language: Language = Language.EN) -> str:
    return root.rule.remedy_ru if language is Language.RU else root.rule.remedy


finding_id = computed(lambda finding: str(finding.id))
kind = computed(lambda finding: finding.rule.kind)
severity = computed(lambda finding: finding.rule.severity)
registry = computed(lambda finding: finding.rule.registry)
rule = column("rule_name")
remedy = lookup(_remedy)
organization = lookup(_organization)
license_ = lookup(_license)
worker = lookup(_worker)
credential = lookup(_credential)
subject = lookup(_subject)
since = column("since")
evidence = computed(lambda finding: list(finding.evidence))


# What a record says

LIVE: Final = {
    ("Employment", "organizationOid"): "organization_oid",
    ("License", "organization"): "organization_oid",
    ("Organization", "parent"): "parent_oid",
}
"""References that lead nowhere stand in the projection as hashes: what they say is read of their records."""


def _value(root: Evidence, _context: Context) -> Ask | str | None:
    if root.value is None and (root.record_noun, root.field) in LIVE:
        key = Oid(root.key) if root.record_noun == "Organization" else UUID(root.key)
        return Ask(BY_ID[root.record_noun], key)
    return root.value


def _said(found: Any, root: Evidence, _context: Context) -> str | None:
    if found is None or isinstance(found, str):
        return found
    said: str | None = getattr(found, LIVE[root.record_noun, root.field])
    return said


evidence_record = computed(lambda said: global_id(said.record_noun, said.key))
evidence_value = lookup(
    _value,
    {"Employment": ("organization_oid",), "License": ("organization_oid",), "Organization": ("parent_oid",)},
    _said,
)


# Those of a record


def _of_worker(root: Any, _context: Context) -> Ask:
    return Ask("findings_by_worker", root.id)


def _of_organization(root: Any, _context: Context) -> Ask:
    return Ask("findings_by_organization", root.oid)


def _listed(found: Sequence[Finding], _root: Any, _context: Context) -> list[Finding]:
    return list(found)


of_worker = lookup(_of_worker, {OWN: ("id",)}, _listed)
of_organization = lookup(_of_organization, {OWN: ("oid",)}, _listed)


# What comes and goes


@dataclass(frozen=True, slots=True)
class Move:
    """Events of which some concern the listener."""

    asked: Asked
    after: int
    until: int
    at: dt.datetime


async def findings_changed(info: Info, asked: Asked) -> AsyncIterator[Move]:
    """Each time that a finding which the caller may hear of was opened or closed, from now on."""
    context, named = info.context, _checked(asked)
    if context.finding_feed is None:
        raise SearchUnavailable("this gateway has no projection to look for findings in")
    async for moved in context.finding_feed.moves():
        move = Move(named, moved.after, moved.until, dt.datetime.now(dt.UTC))
        found = await _changes(move, context.anew() if context.anew else context)
        if found.opened_count or found.closed_count:
            yield move


async def _changes(root: Move, context: Context) -> Changes:
    """What came and went, for the caller as his grants reach just now."""
    known = _seen(root.asked, context, await context.reach.principal(context))
    asked = FindingChanges(known, root.after, root.until, MOST_OPENED)
    found = await context.loaders.finding_changes.load(asked)
    return found or Changes((), 0, 0)


def _of_changes(told: str) -> Resolver:
    return lookup(_changes, then=lambda found, _root, _context: getattr(found, told))


opened = _of_changes("opened")
opened_count = _of_changes("opened_count")
closed_count = _of_changes("closed_count")
