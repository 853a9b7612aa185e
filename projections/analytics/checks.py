"""What an aggregate may not ask, with the argument's path: what means nothing, what tells too much."""

from collections.abc import Iterator

from projections.analytics.columns import OF_LICENSE
from projections.analytics.question import (
    CREDENTIALS,
    FIELDS,
    OF_CREDENTIAL,
    OF_POSTS,
    POSTS,
    STATUSES,
    Dimension,
    Measure,
    Question,
)
from projections.analytics.timeline import Course, TimelineOf
from projections.search.errors import BadSearch, Path

MOST_DIMENSIONS = 3
MOST_YEARS = 100

D, M = Dimension, Measure

OF_ONE_HOUSE = frozenset({D.ORGANIZATION, D.DEPARTMENT, D.POSITION})
"""Dimensions so fine that only those use them who see everyone whom they count."""

SEEN = "is for those alone who see everyone that is counted: an employer who names his organizations, say"


def check(question: Question) -> None:
    """What nobody may ask. Raises BadSearch."""
    _check_sizes(question)
    if POSTS & set(question.measures):
        for path, dimension in _places(question):
            if dimension not in OF_POSTS:
                raise BadSearch(path, f"a post has no {dimension}: ask POSTS and VACANCIES by themselves")
    if question.scope is None:
        _check_protected(question)


def _check_sizes(question: Question) -> None:
    if len(question.by) > MOST_DIMENSIONS or len(set(question.by)) < len(question.by):
        raise BadSearch(("groupBy",), f"give up to {MOST_DIMENSIONS} dimensions, each once")
    if not question.measures or len(set(question.measures)) < len(question.measures):
        raise BadSearch(("measures",), "give at least one measure, each once")


def _places(question: Question) -> Iterator[tuple[Path, Dimension]]:
    """Each dimension that is mentioned, and where."""
    for place, dimension in enumerate(question.by):
        yield ("groupBy", place), dimension
    for narrowing in question.where:
        yield ("where", FIELDS[narrowing.dimension]), narrowing.dimension


def axes(question: Question) -> frozenset[Dimension]:
    """The dimensions of the table that a protected answer is taken from, with those of its measures."""
    found = set(question.dimensions)
    if set(question.measures) & set(STATUSES):
        found.add(D.CREDENTIAL_STATUS)
    if M.CATEGORY_SHARE in question.measures:
        found.add(D.CATEGORY)
    return frozenset(found)


def _check_protected(question: Question) -> None:
    """What may not be asked where small cells are left out: else several answers might give one away."""
    for path, dimension in _places(question):
        if dimension in OF_ONE_HOUSE:
            raise BadSearch(path, f"{dimension} {SEEN}")
    for narrowing in question.where:
        if len(narrowing.values) != 1:
            path = ("where", FIELDS[narrowing.dimension])
            raise BadSearch(path, "give one value, since you see no individuals: group by it to see several")
    for place, measure in enumerate(question.measures):
        if measure is M.EXPIRING:
            raise BadSearch(("measures", place), f"{measure} {SEEN}; `timeline` counts what ends by month")
        _check_apart(question, place, measure)
    found = axes(question)
    if len(found) > MOST_DIMENSIONS:
        raise BadSearch(
            ("groupBy",),
            f"at most {MOST_DIMENSIONS} dimensions together, with those of `where` and of the measures, since"
            f" you see no individuals; these are {', '.join(sorted(found))}",
        )
    if {D.REGION, D.FEDERAL_DISTRICT} <= found:
        raise BadSearch(("groupBy",), "REGION says which FEDERAL_DISTRICT: ask by one of them")


def _check_apart(question: Question, place: int, measure: Measure) -> None:
    """Dimensions that say the same as a measure, or nearly, are not asked together with it."""
    dimensions = question.dimensions
    if measure in CREDENTIALS and dimensions & {D.SPECIALTY, *OF_CREDENTIAL}:
        raise BadSearch(
            ("measures", place), "ask credentials without SPECIALTY, CREDENTIAL_STATUS and CREDENTIAL_YEAR"
        )
    if measure is M.CATEGORY_SHARE and D.CATEGORY in dimensions:
        raise BadSearch(("measures", place), "ask the share with a category without CATEGORY")
    if D.SPECIALTY in dimensions and dimensions & OF_CREDENTIAL:
        raise BadSearch(("groupBy",), "ask SPECIALTY without CREDENTIAL_STATUS and CREDENTIAL_YEAR")


OWN = frozenset({D.SPECIALTY, D.CATEGORY, *OF_CREDENTIAL})
"""Dimensions that are a record's own in a course, and a person's elsewhere."""
OF_CATEGORIES = frozenset({TimelineOf.CATEGORIES_ASSIGNED, TimelineOf.CATEGORIES_ENDING})


def check_course(course: Course) -> None:
    """What nobody may ask of a course in time. Raises BadSearch."""
    if course.start > course.end or course.end.year - course.start.year > MOST_YEARS:
        raise BadSearch(("from",), f"should be before `to`, by {MOST_YEARS} years at most")
    for path, dimension in _places_in_course(course):
        if course.of is TimelineOf.LICENSES_ENDING:
            if dimension not in OF_LICENSE:
                raise BadSearch(path, f"a licence has no {dimension}")
        elif course.of in OF_CATEGORIES and dimension in OF_CREDENTIAL:
            raise BadSearch(path, f"a category has no {dimension}")
        elif course.scope is None and dimension in OF_ONE_HOUSE | OWN:
            raise BadSearch(path, f"{dimension} {SEEN}")
    if course.scope is None and course.of is not TimelineOf.LICENSES_ENDING:
        _check_protected_course(course)


def _places_in_course(course: Course) -> Iterator[tuple[Path, Dimension]]:
    if course.by is not None:
        yield ("groupBy",), course.by
    for narrowing in course.where:
        yield ("where", FIELDS[narrowing.dimension]), narrowing.dimension


def _check_protected_course(course: Course) -> None:
    for narrowing in course.where:
        if len(narrowing.values) != 1:
            path = ("where", FIELDS[narrowing.dimension])
            raise BadSearch(path, "give one value, since you see no individuals")
    if len({dimension for _, dimension in _places_in_course(course)}) > 1:
        raise BadSearch(("where",), "one dimension, with that of `groupBy`, since you see no individuals")
