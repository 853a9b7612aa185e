"""Which categories, educations and trainings: by the qualification registry's facts."""

from functools import partial

import strawberry

from resolvers.search.facts import is_, one_of, within
from schema.education import Education
from schema.fields import asked, class_of
from schema.filters.ranges import DateRange, IntRange
from schema.filters.where import ALL, CODES, PUBLIC, Where, all_these, any_of_these, not_this
from schema.qualification_category import QualificationCategory
from schema.training import Training

CATEGORY, EDUCATION, TRAINING = (
    partial(class_of, each) for each in (QualificationCategory, Education, Training)
)


@strawberry.input(description=f"Which qualification categories. {ALL}")
class CategoryWhere(Where):
    """Which qualification categories."""

    and_: list["CategoryWhere"] | None = all_these()
    or_: list["CategoryWhere"] | None = any_of_these()
    not_: "CategoryWhere | None" = not_this()
    categories: list[str] | None = asked(
        CATEGORY("category"), f"Categories. {CODES}", reads=one_of("category")
    )
    specialties: list[str] | None = asked(
        CATEGORY("specialty"), f"Specialties. {CODES}", reads=one_of("specialty")
    )
    assigned_on: DateRange | None = asked(
        CATEGORY("assigned_on"), "Day of assignment.", reads=within("assigned_on")
    )
    valid_until: DateRange | None = asked(CATEGORY("valid_until"), "Last day.", reads=within("valid_until"))
    in_force: bool | None = asked(
        CATEGORY("valid_until"), "Whether it is in force today.", reads=is_("in_force")
    )


@strawberry.input(description=f"Qualification categories of which some, none or every one passes. {ALL}")
class CategoriesWhere:
    """Qualification categories of which some, none or every one passes."""

    some: CategoryWhere | None = asked(PUBLIC, "At least one passes.")
    none: CategoryWhere | None = asked(PUBLIC, "None passes.")
    every: CategoryWhere | None = asked(PUBLIC, "All pass; so it is where there are none.")


@strawberry.input(description=f"Which education documents. {ALL}")
class EducationWhere(Where):
    """Which education documents."""

    and_: list["EducationWhere"] | None = all_these()
    or_: list["EducationWhere"] | None = any_of_these()
    not_: "EducationWhere | None" = not_this()
    kinds: list[str] | None = asked(EDUCATION("kind"), f"Kinds of education. {CODES}", reads=one_of("kind"))
    specialties: list[str] | None = asked(
        EDUCATION("specialty"), f"Specialties. {CODES}", reads=one_of("specialty")
    )
    finished_year: IntRange | None = asked(
        EDUCATION("finished_year"), "Year of the end.", reads=within("finished_year")
    )
    foreign: bool | None = asked(EDUCATION("foreign"), "Whether it was got abroad.", reads=is_("foreign"))
    verified: bool | None = asked(
        EDUCATION("verified"), "Whether the document was verified.", reads=is_("verified")
    )
    issued_on: DateRange | None = asked(EDUCATION("issued_on"), "Day of issue.", reads=within("issued_on"))


@strawberry.input(description=f"Education documents of which some, none or every one passes. {ALL}")
class EducationsWhere:
    """Education documents of which some, none or every one passes."""

    some: EducationWhere | None = asked(PUBLIC, "At least one passes.")
    none: EducationWhere | None = asked(PUBLIC, "None passes.")
    every: EducationWhere | None = asked(PUBLIC, "All pass; so it is where there are none.")


@strawberry.input(description=f"Which courses of continuing education. {ALL}")
class TrainingWhere(Where):
    """Which courses of continuing education."""

    and_: list["TrainingWhere"] | None = all_these()
    or_: list["TrainingWhere"] | None = any_of_these()
    not_: "TrainingWhere | None" = not_this()
    specialties: list[str] | None = asked(
        TRAINING("specialty"), f"Specialties. {CODES}", reads=one_of("specialty")
    )
    planned_on: DateRange | None = asked(TRAINING("planned_on"), "Planned for.", reads=within("planned_on"))
    completed_on: DateRange | None = asked(
        TRAINING("completed_on"), "Completed on; absent while it is planned.", reads=within("completed_on")
    )
    hours: IntRange | None = asked(TRAINING("hours"), "Hours.", reads=within("hours"))
    credits: IntRange | None = asked(TRAINING("credits"), "Credits (баллы НМО).", reads=within("credits"))


@strawberry.input(description=f"Courses of which some, none or every one passes. {ALL}")
class TrainingsWhere:
    """Courses of which some, none or every one passes."""

    some: TrainingWhere | None = asked(PUBLIC, "At least one passes.")
    none: TrainingWhere | None = asked(PUBLIC, "None passes.")
    every: TrainingWhere | None = asked(PUBLIC, "All pass; so it is where there are none.")
