"""The verification of workers (проверка медработников): for employers at hiring, for insurers at billing."""

import datetime as dt
from typing import Annotated, Any

import strawberry

from projections.eligibility import EligibilityReason
from resolvers import verification as resolve
from resolvers.claim import Claim, ClaimKey, IdentityFact, claim
from resolvers.context import Context
from resolvers.lead import NEEDS, ProblemCode
from resolvers.link import lookup
from schema.credential import Credential
from schema.dictionary import DictionaryEntry
from schema.directives import about
from schema.fields import asked, class_of, public, restricted
from schema.license import License
from schema.worker import Worker

strawberry.enum(ClaimKey, name="ClaimKey", description="By which key a worker is named.")
strawberry.enum(IdentityFact, name="IdentityFact", description="What of a person's identity can be claimed.")
strawberry.enum(
    ProblemCode,
    name="ClaimProblemCode",
    description="Why a claim leads to no worker, beside that nobody has such a number.",
)


@strawberry.input(
    description="Who is to be verified: a worker by exactly one of the four keys; and, if wished, who he is"
    " said to be. All of it is text as people type it: what is wrong with a claim is told of that one alone."
)
class WorkerClaim:
    """Who is to be verified, and who he is said to be."""

    registry_number: str | None = asked(
        class_of(Worker, "registry_number"), "Number of the record in the worker registry (номер записи)."
    )
    snils: str | None = asked(
        class_of(Worker, "snils"),
        "СНИЛС, by those who may see it; for others the answer is the same as for nobody.",
    )
    credential_number: str | None = asked(
        class_of(Credential, "number"), "Number of a certificate or an accreditation."
    )
    license_number: str | None = asked(
        class_of(License, "number"), "Number of a licence that the worker holds as a sole proprietor."
    )
    last_name: str | None = asked(
        class_of(Worker, "last_name"), "Surname as claimed, whole; case and ё/е do not matter."
    )
    first_name: str | None = asked(class_of(Worker, "first_name"), "First name as claimed, whole.")
    middle_name: str | None = asked(class_of(Worker, "middle_name"), "Patronymic as claimed, whole.")
    birth_date: str | None = asked(
        class_of(Worker, "birth_date"),
        "Date of birth as claimed, `YYYY-MM-DD`, by those who may see it.",
        compared=True,
    )

    def asked(self) -> Claim:
        """The same as it is understood."""
        keys = {
            ClaimKey.REGISTRY_NUMBER: self.registry_number,
            ClaimKey.SNILS: self.snils,
            ClaimKey.CREDENTIAL_NUMBER: self.credential_number,
            ClaimKey.LICENSE_NUMBER: self.license_number,
        }
        identity = {
            IdentityFact.LAST_NAME: self.last_name,
            IdentityFact.FIRST_NAME: self.first_name,
            IdentityFact.MIDDLE_NAME: self.middle_name,
            IdentityFact.BIRTH_DATE: self.birth_date,
        }
        return claim(keys, identity)


@strawberry.type(description="What is the matter with a claim; it never repeats a key.")
class ClaimProblem:
    """What is the matter with a claim."""

    code: ProblemCode = public("Which problem.")
    message: str = public("What is wrong, and what would be right.")


@strawberry.type(
    description="What was found for one claim. Where a registry that it takes does not answer, the field is"
    " null with an error of its own; the other claims go on."
)
class Verification:
    """What was found for one claim."""

    index: int = public("The place of the claim in `input`, from 0.")
    on: dt.date = public("The day that the answer holds for.")
    key: ClaimKey | None = public(
        "By which key the worker was named; null where it is not exactly one.", resolve.key
    )
    number: str | None = public(
        "The key as its registry writes it, where it was found; never a СНИЛС.", resolve.number
    )
    problem: ClaimProblem | None = public(
        "Why the claim leads to no worker, beside that nobody has such a number.", resolve.problem
    )
    found: bool | None = public(
        "Whether the registry has this key; null where the claim was not understood. A licence of an"
        " organization is found, but leads to no worker: `problem` says so.",
        resolve.found,
    )
    worker: Worker | None = public("The worker; null where there is none.", resolve.worker)
    identity_matches: bool | None = public(
        "Whether all that is claimed of the person's identity is so in the worker registry; null where"
        " nothing is claimed, there is no worker, or what decides may not be told to the caller.",
        resolve.identity_matches,
    )
    differences: list[IdentityFact] | None = public(
        "What of it is otherwise there; null where nothing is claimed or there is no worker.",
        resolve.differences,
        directives=[about(1)],
    )
    eligible: bool | None = public(
        "Whether the person may practise on that day; null where there is no worker.", resolve.eligible
    )
    specialties: list[DictionaryEntry] | None = public(
        "In which specialties: certified on that day, and covered by a licence of an employer or his own.",
        resolve.specialties,
        directives=[about(3)],
    )
    reasons: list[EligibilityReason] | None = restricted(
        "Every reason against; empty when eligible.", resolve.reasons, directives=[about(3)]
    )


Claims = Annotated[
    list[WorkerClaim],
    strawberry.argument(description=f"The claims, at most {resolve.MOST_CLAIMS}; best as a variable."),
]
Day = Annotated[
    dt.date | None,
    strawberry.argument(description="The day for which they are verified; today, when not given."),
]


def _verify(_root: None, context: Context, input: Claims, on: Day = None) -> Any:  # noqa: A002
    return resolve.verify(context, [each.asked() for each in input], on)


verification = lookup(_verify, NEEDS)
