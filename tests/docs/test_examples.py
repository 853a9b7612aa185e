"""Every GraphQL example in the documentation runs, and the README's gives the answer that stands below it."""

import json
from pathlib import Path

import pytest
from graphql import OperationDefinitionNode, OperationType, parse

from auth.principal import PUBLIC, Grant, Principal, Role
from demo import stories
from tests.asking import Asking
from tests.docs.pages import PAGES, ROOT, blocks

README = ROOT / "README.md"


def _is_operation(text: str) -> bool:
    """Whether a block asks something; one that declares types, or listens, has nothing to run."""
    found = [each for each in parse(text).definitions if isinstance(each, OperationDefinitionNode)]
    return bool(found) and found[0].operation is not OperationType.SUBSCRIPTION


CALLERS = {"findings.md": Principal("docs", frozenset({Grant(Role.AUDITOR)}))}
"""Who asks the examples of a page that are not for everyone."""

EXAMPLES = [
    (page, number, text)
    for page in PAGES
    for number, text in enumerate(blocks(page, "graphql"))
    if _is_operation(text) and page.name != "saved-searches.md"  # wants a token and a store: tests/cabinet
]


@pytest.mark.parametrize(
    ("page", "text"), [pytest.param(page.name, text, id=f"{page.name}-{n}") for page, n, text in EXAMPLES]
)
async def test_every_example_runs_without_errors(documented: Asking, page: str, text: str) -> None:
    answer = await documented.ask(text, principal=CALLERS.get(page, PUBLIC))
    assert not answer.errors
    assert answer.data is not None
    assert all(value is not None for value in answer.data.values())


async def test_the_answer_in_the_readme_is_the_gateways(documented: Asking) -> None:
    question, _ = blocks(README, "graphql")
    [written] = blocks(README, "json")
    assert json.loads(written) == (await documented.ask(question)).body()


async def test_the_answer_on_verification_is_the_gateways(documented: Asking) -> None:
    page = ROOT / "docs" / "verification.md"
    [written] = blocks(page, "json")
    assert json.loads(written) == (await documented.ask(blocks(page, "graphql")[0])).body()["data"]


async def test_the_search_in_the_readme_finds_whom_it_asks_for(documented: Asking) -> None:
    _, search = blocks(README, "graphql")
    found = (await documented.ask(search)).data["workers"]
    assert stories.CARDIOLOGIST.last_name in found["nodes"][0]["fullName"]
    assert found["totalCount"] == sum(each["count"] for each in found["facets"][0]["buckets"])


@pytest.mark.parametrize(("role", "snils"), [(Role.AUDITOR, "***-***-*** 95"), (Role.WORKER, "11223344595")])
async def test_what_the_readme_says_of_roles(documented: Asking, role: Role, snils: str) -> None:
    caller = Principal("docs", frozenset({Grant(role)}), snils=stories.CARDIOLOGIST.snils)
    answer = await documented.ask(blocks(README, "graphql")[0], principal=caller)
    assert answer.data["worker"]["snils"] == snils


def test_there_is_an_example_to_run() -> None:
    assert {Path(page) for page, _, _ in EXAMPLES} >= {README}
