"""Where the keys of claims lead: to a worker, to nobody, or to somebody whom no registry of workers knows."""

from asyncio import gather
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from auth.lines import Outcome
from auth.rights import Decision, Reason
from resolvers.claim import Claim, ClaimKey
from resolvers.context import Context
from resolvers.link import Needs
from resolvers.subject import about
from sources.keys import Snils

NEEDS: Final[Needs] = {
    "Worker": ("id", "snils", "registry_number"),
    "Credential": ("number", "worker_snils"),
    "License": ("number", "holder_kind", "worker_snils"),
}
"""The columns by which a key leads to its worker."""


class ProblemCode(StrEnum):
    """Why a claim leads to no worker, beside that nobody has such a number."""

    MALFORMED = "MALFORMED"
    HELD_BY_ORGANIZATION = "HELD_BY_ORGANIZATION"
    WORKER_UNKNOWN = "WORKER_UNKNOWN"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is the matter with a claim, never with the text of its key."""

    code: ProblemCode
    message: str


HELD_BY_ORGANIZATION: Final = Problem(
    ProblemCode.HELD_BY_ORGANIZATION,
    "the licence is held by an organization, not by a proprietor: name its workers by numbers of their own",
)
WORKER_UNKNOWN: Final = Problem(
    ProblemCode.WORKER_UNKNOWN, "the number is known, but the worker registry does not know who holds it"
)


@dataclass(frozen=True, slots=True)
class Lead:
    """Where one key leads."""

    found: bool | None = False
    """Whether a registry has the key; None where it could not be asked."""
    number: str | None = None
    """The key as its registry writes it; none for a SNILS."""
    worker: Any = None
    absent: Snils | None = field(default=None, repr=False)
    """The number of somebody whom the worker registry does not know."""
    problem: Problem | None = None
    failure: Exception | None = None
    """Why it cannot be told to which worker it leads."""


async def leads(context: Context, claims: Sequence[Claim]) -> list[Lead]:
    """Where each claim leads: all keys are asked at once, then all workers to whom they lead."""
    its = context.loaders
    numbers, credentials, licenses, sights = await gather(
        its.worker_by_registry_number.answers(_values(claims, ClaimKey.REGISTRY_NUMBER)),
        its.credential_by_number.answers(_values(claims, ClaimKey.CREDENTIAL_NUMBER)),
        its.license_by_number.answers(_values(claims, ClaimKey.LICENSE_NUMBER)),
        sighted(context, "snils", _values(claims, ClaimKey.SNILS)),
    )
    holders = (_holder(each) for each in (*credentials.values(), *licenses.values()))
    known = [snils for snils, sight in sights.items() if sight is True]
    workers = await its.worker_by_snils.answers(each for each in (*holders, *known) if each is not None)
    seen = {snils: workers[snils] if sight is True else sight or None for snils, sight in sights.items()}
    keyed = {
        ClaimKey.REGISTRY_NUMBER: numbers,
        ClaimKey.SNILS: seen,
        ClaimKey.CREDENTIAL_NUMBER: credentials,
        ClaimKey.LICENSE_NUMBER: licenses,
    }
    return [_lead(each, keyed, workers) for each in claims]


def _lead(claim: Claim, keyed: Mapping[ClaimKey, Mapping[str, Any]], workers: Mapping[Snils, Any]) -> Lead:
    if claim.key is None or claim.fault is not None:
        return Lead(None, problem=Problem(ProblemCode.MALFORMED, claim.fault or ""))
    record = keyed[claim.key][claim.value]
    if isinstance(record, Exception):
        return Lead(None, failure=record)
    if record is None:
        return Lead()
    if claim.key is ClaimKey.SNILS:
        return Lead(True, None, record)
    if claim.key is ClaimKey.REGISTRY_NUMBER:
        return Lead(True, record.registry_number, record)
    return _held(record, workers)


def _held(record: Any, workers: Mapping[Snils, Any]) -> Lead:
    """The lead from a credential or a licence to the person who holds it."""
    snils = _holder(record)
    worker = None if snils is None else workers[snils]
    if isinstance(worker, Exception):
        return Lead(True, record.number, failure=worker)
    if worker is not None:
        return Lead(True, record.number, worker)
    problem = WORKER_UNKNOWN if _is_persons(record) else HELD_BY_ORGANIZATION
    return Lead(True, record.number, absent=snils, problem=problem)


def _holder(record: Any) -> Snils | None:
    """The number of the person who holds a credential or a licence."""
    if record is None or isinstance(record, Exception) or not _is_persons(record):
        return None
    found: Snils | None = record.worker_snils
    return found


def _is_persons(record: Any) -> bool:
    return bool(record.noun == "Credential" or record.holder_kind == "WORKER")


def _values(claims: Iterable[Claim], key: ClaimKey) -> list[Any]:
    return [each.value for each in claims if each.key is key and each.fault is None]


async def sighted(context: Context, fact: str, keys: Iterable[Any]) -> dict[Any, Any]:
    """By SNILS or id of a person: whether the caller may ask by this personal fact of him, or a failure.

    The rights come first: by nothing, not even by the calls made, is somebody told from nobody. That a fact
    is this person's is told by the answer, whatever else is asked of him: it is put on record here.
    """
    wanted = list(dict.fromkeys(keys))
    if not wanted:
        return {}
    loader: Any = context.loaders.subject_by_snils if fact == "snils" else context.loaders.subject_by_id
    subjects, [caller] = await gather(
        loader.answers(wanted), gather(context.reach.principal(context), return_exceptions=True)
    )
    if isinstance(caller, Exception):
        return dict.fromkeys(wanted, caller)
    found = {key: _sight(context, fact, caller, each) for key, each in subjects.items()}
    released = [subjects[key] for key, sight in found.items() if sight is True and subjects[key] is not None]
    context.released.note("WorkerClaim", fact, released, masked=False)
    return found


def _sight(context: Context, fact: str, caller: Any, subject: Any) -> Any:
    """Whether the caller may ask by it; a line says so where he may not."""
    if isinstance(subject, Exception):
        return subject
    decided, reason = context.gate.row("Worker", fact, caller, context.purpose, about(subject))
    if decided is not Decision.VALUE:
        context.access.note(f"WorkerClaim.{fact}", Outcome.WITHHELD, reason or Reason.EXTENT)
        return False
    if subject is not None:
        context.loaders.subject_by_id.prime(subject.id, subject)  # his fields ask for it by id
    return True
