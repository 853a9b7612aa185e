"""The rules in one say what GraphQL's own say: the same errors, in the same order, at the same places."""

import re
from pathlib import Path
from random import Random

import pytest
from graphql import (
    GraphQLError,
    GraphQLSchema,
    OverlappingFieldsCanBeMergedRule,
    parse,
    specified_rules,
    validate,
)

from gateway.build import built_schema
from gateway.operation.rules import own_rules
from tests.gateway.door import SCHEMA

EXAMPLES = sorted((Path(__file__).parents[2] / "web" / "examples").glob("*.graphql"))
TOKEN = re.compile(r"[A-Za-z_]\w*|\$\w+|\.\.\.|\"[^\"]*\"|\d+|[^\s\w]")
COMMENT = re.compile("#.*")
MORE = (
    "@include(if: 1)",
    "@skip",
    "...F",
    "name",
    "@defer",
    "... on Worker { snils }",
    "...Lost",
    "id: name",
)
FRAGMENTS = "fragment F on Worker { snils friend: id ...G } fragment G on Worker { ...F }"
OWN = own_rules(50_000)


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    return built_schema().graphql


def told(errors: list[GraphQLError]) -> list[tuple[str, object]]:
    return [(error.message, error.locations) for error in errors]


def damaged(text: str, chance: Random) -> str:
    """The text with a few of its names lost, repeated or exchanged, and something after some of them."""
    words = TOKEN.findall(COMMENT.sub("", text))
    names = [at for at, word in enumerate(words) if word.isidentifier()]
    for at in chance.sample(names, chance.randint(1, 3)):
        match chance.randrange(4):
            case 0:
                words[at] = ""
            case 1:
                words[at] += " " + words[at]
            case 2:
                words[at] = words[chance.choice(names)]
            case _:
                words[at] += " " + chance.choice(MORE)
    return " ".join(words) + (FRAGMENTS if chance.random() < 0.3 else "")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each.stem)
def test_on_damaged_queries(example: Path, schema: GraphQLSchema) -> None:
    chance, compared, faulty = Random(7), 0, 0
    for _ in range(200):
        try:
            document = parse(damaged(example.read_text(), chance))
        except GraphQLError:
            continue
        most = chance.choice((2, 20))
        expected = told(validate(schema, document, specified_rules, most, hide_suggestions=True))
        assert told(validate(schema, document, [OWN], most, hide_suggestions=True)) == expected
        compared, faulty = compared + 1, faulty + bool(expected)
    assert (compared > 25, faulty > 15) == (True, True)


def test_comparisons_have_a_budget_of_their_own() -> None:
    document = parse("{ worker { " + "friend { fullName } " * 100 + "} }")
    assert validate(SCHEMA, document, [OverlappingFieldsCanBeMergedRule]) == []
    assert told(validate(SCHEMA, document, [own_rules(100)]))[0][0] == "Validation aborted."
