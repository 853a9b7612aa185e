"""Svod composes with a second subgraph, by both composers that routers use."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from graphql import ObjectTypeDefinitionNode, build_ast_schema, parse, value_from_ast_untyped

from tests.docs.pages import DOCS, blocks
from tests.federation.subgraphs import COMPOSERS, Composed, Subgraph, composed

pytestmark = pytest.mark.node

# Apollo's composer remarks on the directive's enum, which no supergraph needs. All else would be news.
KNOWN_HINTS = {("DEBUG", "UNUSED_ENUM_TYPE")}

LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])'


@pytest.mark.parametrize("composer", COMPOSERS)
async def test_both_composers_compose_it(composer: str, compositions: Mapping[str, Composed]) -> None:
    found = compositions[composer]
    assert found.errors == []
    assert {(hint["level"], hint["code"]) for hint in found.hints} <= KNOWN_HINTS
    assert found.supergraph is not None


@pytest.mark.parametrize("composer", COMPOSERS)
async def test_types_of_both_are_one_type(composer: str, compositions: Mapping[str, Composed]) -> None:
    supergraph = build_ast_schema(parse(compositions[composer].supergraph or ""), assume_valid=True)
    assert {"fullName", "employments", "courses"} <= set(supergraph.type_map["Worker"].fields)  # type: ignore[attr-defined]
    assert {"shortName", "courseCount"} <= set(supergraph.type_map["Organization"].fields)  # type: ignore[attr-defined]
    assert not {"_service", "_entities"} & set(supergraph.type_map["Query"].fields)  # type: ignore[attr-defined]


@pytest.mark.parametrize("composer", COMPOSERS)
async def test_what_fields_weigh_stays_in_the_supergraph(
    composer: str, compositions: Mapping[str, Composed]
) -> None:
    supergraph = parse(compositions[composer].supergraph or "")
    told = {
        (node.name.value, field.name.value): {
            each.name.value: {a.name.value: value_from_ast_untyped(a.value) for a in each.arguments or ()}
            for each in field.directives or ()
        }
        for node in supergraph.definitions
        if isinstance(node, ObjectTypeDefinitionNode)
        for field in node.fields or ()
    }
    assert told["WorkerConnection", "totalCount"]["cost"] == {"weight": 10}
    sizes = told["Query", "workers"]["listSize"]
    assert (sizes["slicingArguments"], sizes["sizedFields"]) == (["first", "last"], ["edges", "nodes"])
    assert sizes["requireOneSlicingArgument"] is False


async def test_why_the_page_is_shared(subgraphs: tuple[Subgraph, Subgraph], tmp_path: Path) -> None:
    svod, portal = subgraphs
    unshared = replace(svod, sdl=svod.sdl.replace("type PageInfo @shareable", "type PageInfo"))
    assert unshared != svod
    found = await composed([unshared, portal], tmp_path / "subgraphs.json")
    for composer in COMPOSERS:
        assert any("PageInfo" in error and "shareable" in error for error in found[composer].errors)


async def test_the_documented_example_composes_and_another_scalar_does_not(
    subgraphs: tuple[Subgraph, Subgraph], tmp_path: Path
) -> None:
    [example] = blocks(DOCS / "federation.md", "graphql")
    whole = replace(subgraphs[1], sdl=f"{LINK}\n{example}\ntype Query {{ courses: [Course!]! }}")
    other = replace(
        whole, sdl=whole.sdl.replace("registryNumber: RegistryNumber!", "registryNumber: String!")
    )
    good = await composed([subgraphs[0], whole], tmp_path / "good.json")
    bad = await composed([subgraphs[0], other], tmp_path / "bad.json")
    for composer in COMPOSERS:
        assert good[composer].errors == []
        assert any("Worker.registryNumber" in error for error in bad[composer].errors)
