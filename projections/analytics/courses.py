"""A course in time: how many of something there are in each month or year."""

import datetime as dt

from projections.analytics.checks import check_course
from projections.analytics.columns import written
from projections.analytics.courses_protected import protected
from projections.analytics.reader import Point
from projections.analytics.records import MOST_POINTS, Records, licenses
from projections.analytics.tables import Districts
from projections.analytics.timeline import Course, TimelineOf
from projections.search.answers import Answers
from projections.search.binder import Statement
from projections.search.errors import BadSearch


async def drawn(
    answers: Answers, course: Course, day: dt.date, districts: Districts
) -> tuple[list[Point], bool]:
    """The points, in order, and whether small ones are left out. Raises SearchError."""
    check_course(course)
    if course.of is TimelineOf.LICENSES_ENDING:
        return await _points(answers, licenses(course, day), course), False
    if course.scope is not None:
        by = () if course.by is None else (course.by,)
        return await _points(answers, Records(course, by, course.step, day).counted(), course), False
    return await protected(answers, course, day, districts), True


async def _points(answers: Answers, statement: Statement, course: Course) -> list[Point]:
    rows = await answers.rows([statement])
    if len(rows) > MOST_POINTS:
        raise BadSearch(("groupBy",), f"more than {MOST_POINTS:,} points: ask for fewer years, or by YEAR")
    return [
        Point(row[0], None if course.by is None else written(course.by, row[1]), row["n"]) for row in rows
    ]
