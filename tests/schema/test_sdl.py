"""The schema as it is printed: documented throughout, each field with its class, links nullable."""

from pathlib import Path
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLScalarType,
    ObjectTypeDefinitionNode,
    get_named_type,
    is_non_null_type,
    is_specified_scalar_type,
    parse,
)

from auth.rights import FieldClass
from gateway.columns import TABLES
from tests.schema.built import BUILT, FEDERATION, object_fields, own_types

SDL = Path(__file__).parents[2] / "schema.graphql"

BEYOND_THE_RECORD = ("Node", "LicenseHolder", "Eligibility", "PositionStaffing", "OrganizationExpiring")
"""Types that are worked out of more than one record, or lead to one of several types."""

OF_THE_SAME_RECORD = {
    # Computed of the record itself and of reads that may fail each by itself below it.
    ("Organization", "expiring"),
}


def printed_fields() -> list[tuple[str, str, list[str]]]:
    """Each field of each printed object type of ours with the classes that it is printed with."""
    return [
        (
            node.name.value,
            field.name.value,
            [_class(each) for each in field.directives or () if _is_access(each)],
        )
        for node in parse(SDL.read_text(encoding="utf-8")).definitions
        if isinstance(node, ObjectTypeDefinitionNode) and node.name.value not in FEDERATION
        for field in node.fields or ()
        if not field.name.value.startswith("_")
    ]


def _is_access(directive: Any) -> bool:
    return bool(directive.name.value == "access")


def _class(directive: Any) -> str:
    return str(directive.arguments[0].value.value)


def test_every_field_is_printed_with_the_class_that_decides() -> None:
    printed = {(owner, field): classes for owner, field, classes in printed_fields()}
    declared = {at: [each.field_class.value] for at, each in BUILT.declarations.items() if at in printed}

    assert printed == declared
    assert {each for classes in printed.values() for each in classes} == {each.value for each in FieldClass}


def test_the_argument_that_is_personal_is_printed_as_such() -> None:
    text = SDL.read_text(encoding="utf-8")

    assert "snils: Snils = null @access(class: PERSONAL)" in text


def test_every_type_field_argument_and_input_is_described() -> None:
    missing = []
    for name, type_ in own_types().items():
        if not type_.description and not is_specified_scalar_type(type_):
            missing.append(name)
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            fields = [each for each in type_.fields.items() if not each[0].startswith("_")]
            missing += [f"{name}.{field}" for field, each in fields if not each.description]

    assert missing == []


def test_descriptions_are_sentences() -> None:
    wrong = [
        f"{name}.{field_name}"
        for name, field_name, field in object_fields()
        if not field.description.rstrip("`").endswith((".", "?", ")")) or field.description[0].islower()
    ]

    assert wrong == []


def test_links_and_roots_may_be_null() -> None:
    strict = [
        (name, field_name)
        for name, field_name, field in object_fields()
        if name in (*TABLES, "Query")
        and _leads_elsewhere(field.type)
        and is_non_null_type(field.type)
        and field_name != "nodes"  # it is the list that is there; what it holds may be null
    ]

    assert set(strict) == OF_THE_SAME_RECORD


def _leads_elsewhere(type_: Any) -> bool:
    name = get_named_type(type_).name
    return name in (*TABLES, *BEYOND_THE_RECORD) or name.endswith("Connection")


def test_guarded_fields_may_be_null() -> None:
    """What is withheld is null, unless it is carried by a link that is itself guarded."""
    strict = {
        name
        for name, field_name, field in object_fields()
        if BUILT.declarations[name, field_name].field_class is not FieldClass.PUBLIC
        and is_non_null_type(field.type)
    }

    carried_by = {
        "Absence": ("Employment", "absences"),
        "Restriction": ("Worker", "restrictions"),
        "RecordAccess": ("Viewer", "accesses"),
        "JournalEntry": ("Query", "journal"),
        "JournalRelease": ("Query", "journal"),
        "JournalRefusal": ("Query", "journal"),
        "Finding": ("Query", "findings"),
        "FindingCount": ("Query", "findings"),
        "FindingEvidence": ("Finding", "evidence"),
        "FindingsChange": ("Subscription", "findingsChanged"),
    }
    assert strict == set(carried_by)
    for carried, (owner, link) in carried_by.items():
        classes = {
            declared.field_class
            for (name, _), declared in BUILT.declarations.items()
            if name == carried and declared.carried
        }
        assert classes == {BUILT.declarations[owner, link].field_class}


def test_a_field_that_may_be_masked_is_of_a_type_that_can_carry_the_mask() -> None:
    for coordinate, declared in BUILT.declarations.items():
        if declared.mask is not None:
            type_: Any = BUILT.graphql.type_map[coordinate[0]]
            named = get_named_type(type_.fields[coordinate[1]].type)
            assert isinstance(named, GraphQLScalarType)
            assert named.serialize("***-***-*** 95") == "***-***-*** 95", coordinate


def test_enum_values_are_capital_words() -> None:
    for type_ in own_types().values():
        if isinstance(type_, GraphQLEnumType):
            assert all(value.isupper() for value in type_.values), type_.name
