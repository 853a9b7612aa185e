"""Every scenario with selections deferred and lists streamed at random: put together, the same answer.

So the rights hold in every part as they do in the whole, by the same links and loaders.
"""

from random import Random
from typing import Any

import orjson
import pytest
from graphql import (
    DirectiveNode,
    DocumentNode,
    FieldNode,
    GraphQLSchema,
    InlineFragmentNode,
    NameNode,
    OperationDefinitionNode,
    SelectionSetNode,
    TypeInfo,
    TypeInfoVisitor,
    get_nullable_type,
    is_list_type,
    parse,
    print_ast,
    visit,
)
from graphql.language import Visitor

from audit.event import Event
from auth.principal import PUBLIC
from gateway.operation.execution import Caller, OperationRequest
from gateway.servers import OwnServers
from tests.asking import Asking, asking_over
from tests.memory_journal import MemoryJournal
from tests.queries.conftest import DAY
from tests.queries.scenario import Scenario, scenarios

ASKED_IN_FILTER_MODE = [each for each in scenarios() if each.caller.get("mode") is None]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("scenario", ASKED_IN_FILTER_MODE, ids=lambda scenario: str(scenario.folder.name))
async def test_parts_put_together_are_the_whole_answer(asking: Asking, scenario: Scenario, seed: int) -> None:
    query = in_parts(asking.gateway.built.graphql, scenario.query, Random(seed))
    told = await _parts(asking, scenario, query)
    whole = (await asking.ask(query, *_asked(scenario))).body()
    assert len(told) > 1
    assert put_together(told) == orjson.loads(orjson.dumps(whole["data"]))
    beside = orjson.loads(orjson.dumps(whole.get("extensions", {})))
    assert _lines(told[-1].get("extensions", {})) == _lines(beside)


async def test_a_part_is_on_record_before_it_leaves_and_once(
    asking: Asking,
    own_servers: OwnServers,
) -> None:
    scenario = next(each for each in scenarios() if each.folder.name == "worker_sees_himself")
    query = '{ worker(registryNumber: "77200000000001") { snils ... @defer { phone ... @defer { inn } } } }'
    journal = MemoryJournal()
    urls = own_servers.registry_urls("queries")
    async with asking_over(urls, own_servers.redis_url, DAY, journal=journal) as asked:
        request, caller = OperationRequest(query), _caller(scenario)
        endpoint = asked.gateway.endpoint
        parts = endpoint.answers(await endpoint.admitted(request, caller))
        seen = [[sorted(_values(event)) for event in journal.events] async for _ in parts]
    assert seen == [
        [["Worker.snils"]],
        [["Worker.snils"], ["Worker.phone"]],
        [["Worker.snils"], ["Worker.phone"], ["Worker.inn"]],
    ]


class _Directed(Visitor):
    """Wraps selections into deferred fragments and streams lists, by chance."""

    def __init__(self, types: TypeInfo, chance: Random) -> None:
        super().__init__()
        self._types, self._chance = types, chance

    def leave_field(self, node: FieldNode, *_: Any) -> FieldNode:
        directives = list(node.directives or ())
        # Two selections of one list cannot be streamed differently: only what has a name of its own is.
        of = self._types.get_type()
        if node.alias and of is not None and is_list_type(get_nullable_type(of)):
            directives.append(_directive("stream"))
        return FieldNode(
            alias=node.alias,
            name=node.name,
            arguments=node.arguments,
            directives=tuple(directives),
            selection_set=self._deferred(node.selection_set),
        )

    def leave_operation_definition(self, node: OperationDefinitionNode, *_: Any) -> OperationDefinitionNode:
        return OperationDefinitionNode(
            operation=node.operation,
            name=node.name,
            variable_definitions=node.variable_definitions,
            directives=node.directives,
            selection_set=SelectionSetNode(selections=(_fragment(node.selection_set),)),
        )

    def _deferred(self, selected: SelectionSetNode | None) -> SelectionSetNode | None:
        if selected is None or self._chance.random() < 0.5:
            return selected
        return SelectionSetNode(selections=(_fragment(selected),))


def in_parts(schema: GraphQLSchema, query: str, chance: Random) -> str:
    """The query with parts of it deferred."""
    types = TypeInfo(schema)
    document: DocumentNode = visit(parse(query), TypeInfoVisitor(types, _Directed(types, chance)))
    return print_ast(document)


def put_together(parts: list[Any]) -> Any:
    """The data of all parts, each in its place."""
    data = parts[0]["data"]
    places: dict[str, list[Any]] = {}
    for part in parts:
        places |= {each["id"]: each["path"] for each in part.get("pending", ())}
        for item in part.get("incremental", ()):
            target = data
            for key in [*places[item["id"]], *item.get("subPath", ())]:
                target = target[key]
            if "items" in item:
                target.extend(item["items"])
            else:
                _merge(target, item["data"])
    return data


def _merge(target: dict[str, Any], more: dict[str, Any]) -> None:
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(target.get(key), dict):
            _merge(target[key], value)
        else:
            target[key] = value


async def _parts(asking: Asking, scenario: Scenario, query: str) -> list[Any]:
    request = OperationRequest(query, None, scenario.caller.get("variables") or {})
    admitted = await asking.gateway.endpoint.admitted(request, _caller(scenario))
    return [
        orjson.loads(orjson.dumps(each.body())) async for each in asking.gateway.endpoint.answers(admitted)
    ]


def _values(event: Event) -> list[str]:
    return [name for each in event.released for name in each.values]


def _asked(scenario: Scenario) -> tuple[Any, ...]:
    return scenario.caller.get("variables"), scenario.principal, scenario.caller.get("purpose")


def _caller(scenario: Scenario) -> Caller:
    principal = scenario.principal
    purpose = scenario.caller.get("purpose")
    return Caller(principal, "test", "test", authenticated=principal is not PUBLIC, access_purpose=purpose)


def _lines(extensions: Any) -> dict[str, list[str]]:
    """What an answer says about itself, in no order: parts are answered in another one."""
    return {name: sorted(map(str, lines)) for name, lines in extensions.items()}


def _fragment(selected: SelectionSetNode) -> InlineFragmentNode:
    return InlineFragmentNode(type_condition=None, directives=(_directive("defer"),), selection_set=selected)


def _directive(name: str) -> DirectiveNode:
    return DirectiveNode(name=NameNode(value=name), arguments=())
