"""An aggregate as statements over the projection, each of which gives some measures of every group."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from projections.analytics.columns import OF_PLACE, STAFF
from projections.analytics.credentials import Credentials, Expiring
from projections.analytics.people import RATES, People
from projections.analytics.posts import Posts
from projections.analytics.question import CREDENTIALS, POSTS, STATUSES, Dimension, Measure, Question, touches
from projections.analytics.question import OF_CREDENTIAL as CREDENTIAL_DIMENSIONS
from projections.analytics.rows import Part

M = Measure

NEEDED: Final[Mapping[Measure, tuple[str, ...]]] = {
    M.WORKERS: ("workers",),
    M.RATES: (RATES,),
    M.CATEGORY_SHARE: ("workers", "with_category"),
    M.MEAN_AGE_BAND: ("workers", "days"),
    M.CREDENTIALS: ("active", "renewing", "expired", "revoked"),
    **{measure: (status.lower(),) for measure, status in STATUSES.items()},
}
"""The sums that a measure is made of."""


def parts(question: Question, day: dt.date) -> list[Part]:
    """The statements that together answer a question."""
    wanted = set(question.measures)
    own = {name for measure in wanted for name in _sums(measure, question)}
    credentials = {m for m in wanted if _of_credentials(m, question)}
    found = []
    if own:
        found.append(People(question, day).part(sorted(own | {"workers"})))
    if M.EXPIRING in credentials:
        found.append(Expiring(question, day).part([M.EXPIRING]))
    if held := sorted(credentials - {M.EXPIRING}):
        found.append(Credentials(question, day).part(held))
    if wanted & POSTS:
        found.append(Posts(question, day).part())
    return found


def people(question: Question, day: dt.date, *, at_place: bool = False) -> Part:
    """How many people there are in each group; `at_place`: regions are those of organizations."""
    return People(question, day, OF_PLACE if at_place else STAFF).part(["workers"])


def _sums(measure: Measure, question: Question) -> tuple[str, ...]:
    return () if _of_credentials(measure, question) or measure in POSTS else NEEDED[measure]


def _of_credentials(measure: Measure, question: Question) -> bool:
    """Whether a measure has to look at each credential, and not at each person's number of them."""
    if measure is M.EXPIRING:
        return True
    return measure in CREDENTIALS and touches(
        question.dimensions, CREDENTIAL_DIMENSIONS | {Dimension.SPECIALTY}
    )
