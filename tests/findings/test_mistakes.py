"""A mistake in a rule is found by the oracle: each is planted, and what would be found differs."""

import pytest

from projections.findings import kept
from projections.findings.kept import KEPT
from projections.findings.rules import RULES
from tests.findings.mistakes import MISTAKES
from tests.findings.world import Line, World

RIGHT = kept.statement


@pytest.fixture(scope="module")
async def expected(broken: World) -> set[Line]:
    return await broken.expected()


async def found(world: World, owner: str) -> set[Line]:
    """What the statement of one owner finds now."""
    [statement] = [each.whole() for each in KEPT if each.owner.name.lower() == owner]
    person = "" if owner == "person" else ", null::uuid as worker_id"
    return await world.kept(f"(select rows.*{person} from ({statement}) as rows)")


def of_owner(lines: set[Line], owner: str) -> set[Line]:
    """What the oracle finds by the rules of one owner."""
    return {line for line in lines if RULES[line[0]].owner.name.lower() == owner}


@pytest.mark.parametrize("owner", ["person", "organization", "license"])
async def test_without_a_mistake_the_same_is_found(broken: World, expected: set[Line], owner: str) -> None:
    assert await found(broken, owner) == of_owner(expected, owner)


@pytest.mark.parametrize(("owner", "right", "wrong"), MISTAKES)
async def test_a_mistake_is_found(
    broken: World,
    expected: set[Line],
    monkeypatch: pytest.MonkeyPatch,
    owner: str,
    right: str,
    wrong: str,
) -> None:
    def mistaken(name: str) -> str:
        text = RIGHT(name)
        assert name != f"of_{owner}" or right in text, "it stands there no more"
        return text.replace(right, wrong)

    monkeypatch.setattr(kept, "statement", mistaken)
    assert await found(broken, owner) != of_owner(expected, owner)


def test_every_rule_is_mistaken_somewhere() -> None:
    """No statement of an owner is left out; each kind of rule has a mistake of its own."""
    assert {owner for owner, *_ in MISTAKES} == {each.owner.name.lower() for each in KEPT}
