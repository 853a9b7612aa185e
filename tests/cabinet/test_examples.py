"""The examples of the page on saved searches run, in their order, for a caller with a token."""

from tests.asking import Asking
from tests.cabinet.saving import somebody
from tests.docs.pages import DOCS, blocks

PAGE = DOCS / "saved-searches.md"


async def test_the_examples_run(asking: Asking) -> None:
    caller = somebody()
    keep, run = blocks(PAGE, "graphql")
    kept = await asking.ask(keep, {}, caller)
    assert not kept.errors
    found = await asking.ask(run, {}, caller)
    assert not found.errors
    [node] = found.data["savedSearches"]["nodes"]
    assert node["name"] == kept.data["createSavedSearch"]["name"]
    assert node["problem"] is None


async def test_the_subscription_is_one_of_the_schema(asking: Asking) -> None:
    [listen] = [each for each in blocks(PAGE, "text") if each.startswith("subscription")]
    prepared = asking.gateway.endpoint._preparation.prepared(listen, None)
    assert prepared.root_fields == {"savedSearchChanged"}
