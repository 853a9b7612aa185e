"""Texts that differ in literals share an operation, and nobody can tell: answers, errors, places agree."""

import re
from random import Random
from typing import Any

import orjson
import pytest

from gateway.limits import Limits
from gateway.operation.lifting import shape_of
from gateway.operation.prepare import Preparation
from gateway.settings import Settings
from gateway.transport.entrance import Entrance
from tests.gateway.door import SCHEMA, toy_application
from tests.gateway.test_entrance import Client, scope
from tests.gateway.toy import ToyContexts, ToyReadiness

INTS = ("0", "7", "-5", "12", "100000", "2147483647", "2147483648", "99999999999", "1.5", "1e3")
STRINGS = (
    '"a"',
    '""',
    '"Анна Петровна"',
    '"a \\"b\\""',
    '"{ } # ..."',
    '"""block"""',
    '"112-233-445 95"',
    '"\\u0041"',
)
WRONG = ("true", "null", "RED", "$v", "[1]", "{a: 1}")

FRAMES = (
    "{ number(of: I) away }",
    "{ a: number(of: I) b: number(of: I) away late c: hello(name: S) badCursor }",
    "query Q {\n  hello(name: S) away x: number(of: I)\n  y: hello(name: S) late }",
    "{ workers(first: I) { totalCount nodes { organization { workers(first: I) { totalCount } } } } }",
    "{ worker(snils: S) { fullName } away }",
    "{ byIds(ids: [S, I]) { fullName } number(of: I) away }",
    "query Q($n: Int! = I) { number(of: $n) hello(name: S) away }",
    "query Q($n: Int!) { number(of: $n) hello(name: S) away }",
    "{ hello(name: S) @include(if: true) hello(name: S) away }",
    "{ hello(name: S) ... @skip(if: false) { a: number(of: I) away } }",
    "{ ...F late } fragment F on Query { number(of: I) away }",
    "fragment F on Query { number(of: I) away } query Q($n: Int!) { ...F number(of: $n) late }",
    "{ __type(name: S) { name } away }",
    "# S\n{ hello(name: S), away }",
    "mutation { note } ",
    "{ hello(name:S)number(of:I)away }",
    "{ hello(nam: S) number(off: I) }",
    "query A { number(of: I) } query B { away }",
)


@pytest.fixture
def sharing() -> Entrance:
    return toy_application(Settings(_env_file=None), ToyContexts(), ToyReadiness())


@pytest.fixture
def forgetful() -> Entrance:
    """The same, keeping nothing: each text is prepared as it stands."""
    return toy_application(Settings(_env_file=None, limit_documents=0), ToyContexts(), ToyReadiness())


def filled(frame: str, chance: Random) -> str:
    """The frame with literals in place of the letters I and S, most of them right."""

    def literal(letter: re.Match[str]) -> str:
        right: tuple[str, ...]
        other: tuple[str, ...]
        right, other = (INTS, STRINGS) if letter[0] == "I" else (STRINGS, INTS)
        some = (*other, *WRONG) if chance.random() < 0.05 else right[:4] if chance.random() < 0.7 else right
        found: str = chance.choice(some)
        return found

    return re.sub(r"\b[IS]\b", literal, frame)


async def answered(app: Entrance, body: dict[str, Any]) -> tuple[int, Any]:
    client = Client(orjson.dumps(body))
    headers = ((b"accept", b"application/graphql-response+json"), (b"graphql-cost", b"report"))
    await app(scope(*headers), client.receive, client.send)
    return client.sent[0]["status"], client.answer


@pytest.mark.parametrize("frame", FRAMES)
async def test_answers_are_the_same(frame: str, sharing: Entrance, forgetful: Entrance) -> None:
    chance = Random(frame)
    for _ in range(60):
        asked = {"query": filled(frame, chance), "variables": chance.choice(({"n": 1}, {"n": "x"}, {}))}
        assert await answered(sharing, asked) == await answered(forgetful, asked), asked["query"]


@pytest.fixture
def preparation() -> Preparation:
    return Preparation(SCHEMA, Limits.of(Settings(_env_file=None)))


def test_the_third_text_of_a_shape_is_prepared_already(preparation: Preparation) -> None:
    texts = [f'{{ number(of: {n}) hello(name: "{n * n}") }}' for n in range(2, 6)]
    asked = [preparation.asked(text, None, {"own": 1}) for text in texts]
    assert asked[0].prepared is not asked[1].prepared
    assert asked[2].prepared is asked[3].prepared
    assert asked[3].variables == {"own": 1, "_svod0": 5, "_svod1": "25"}
    assert preparation.asked(texts[0], None, {}).prepared is asked[0].prepared


@pytest.mark.parametrize(
    "text",
    [
        "{ hello }",
        'query ($_svod0: Int!) { number(of: $_svod0) hello(name: "a") }',
        '{ hello(name: "\x00") }',
        '{ hello(name: """a""") number(of: 1.5) }',
    ],
)
def test_what_is_left_alone(text: str) -> None:
    assert shape_of(text) is None


@pytest.mark.parametrize(
    "frame",
    [
        "mutation {{ a{0}: note }}",
        '{{ __type(name: "{0}") {{ name }} }}',
        "{{ byIds(ids: [{0}]) {{ fullName }} }}",
        "query P {{ number(of: {0}) }} query Q {{ hello }}",
        '{{ hello(name: "{0}") hello(name: "{0}") }}',
    ],
)
def test_what_is_not_shared(preparation: Preparation, frame: str) -> None:
    name = "Q" if "Q" in frame else None
    asked = [preparation.asked(frame.format(n), name, {}) for n in range(4)]
    assert len({id(each.prepared) for each in asked}) == 4
    assert all(each.moved is None for each in asked)


def test_shapes_are_bounded_in_memory(preparation: Preparation) -> None:
    small = Preparation(SCHEMA, Limits.of(Settings(_env_file=None, limit_documents=40_000)))
    for name in range(40):
        for number in range(3):
            small.asked(f"{{ a{name}: number(of: {number}) }}", None, {})
    assert small.remembered <= 40_000 * (1 + 1 / 10 + 1 / 4)
