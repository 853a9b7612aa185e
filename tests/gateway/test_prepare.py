"""Preparing texts: once each, bounded in memory, and never for long, whatever the text."""

import gc
import time
import tracemalloc
from pathlib import Path
from statistics import median

import pytest

from gateway.build import built_schema
from gateway.errors import ErrorCode
from gateway.faults import RequestError
from gateway.limits import Limits
from gateway.operation.prepare import Preparation
from gateway.plans.compiled import CompiledSchema
from gateway.settings import Settings
from tests.gateway.door import SCHEMA

EXAMPLES = sorted((Path(__file__).parents[2] / "web" / "examples").glob("*.graphql"))
LIMITS = Limits.of(Settings(_env_file=None))
# Far above what any of the texts takes, far below a hang: nothing is measured here.
LONG = 20.0


@pytest.fixture
def preparation() -> Preparation:
    return Preparation(SCHEMA, LIMITS)


def chain(kind: str, selection: str, length: int) -> str:
    """Fragments that each spread the next one."""
    body = [selection.replace("NEXT", f"...F{n + 1}") for n in range(length)]
    return " ".join(f"fragment F{n} on {kind} {{ {each} }}" for n, each in enumerate(body))


def twice_nested(levels: int) -> str:
    """Every fragment asks the next one twice under one name: comparing them takes 4^levels steps."""
    fragments = chain("Worker", "friend { NEXT } friend { NEXT }", levels)
    return f"{fragments} fragment F{levels} on Worker {{ fullName }}"


def empty_doubling(levels: int) -> str:
    """No field at all, only fragments: graphql-core takes empty selections."""
    return (
        f"{{ worker {{ ...F0 }} }} {chain('Worker', 'NEXT NEXT', levels)} fragment F{levels} on Worker {{ }}"
    )


def dense_cycles(size: int) -> str:
    spreads = " ".join(f"...F{n}" for n in range(size))
    return "{ worker { ...F0 } }" + " ".join(f"fragment F{n} on Worker {{ {spreads} }}" for n in range(size))


HANGS = {
    "repeated field with a selection": "{ worker { " + "friend { fullName } " * 700 + "} }",
    "repeated leaf": "{ worker { " + "fullName " * 1900 + "} }",
    "fragments nested twice": "{ worker { ...F0 } }" + twice_nested(18),
    "fragments nested twice, unused": "{ hello } " + twice_nested(60),
    "fragments of no field": empty_doubling(60),
    "dense cycles": dense_cycles(25),
    "chain of fragments": "{ ...F0 } " + chain("Query", "NEXT", 600),
    "introspection nested twice": "{ __schema { types { ...F0 } } } "
    + chain("__Type", "ofType { NEXT } ofType { NEXT }", 15)
    + " fragment F15 on __Type { name }",
    "inline fragments": "{ " + "... { " * 5000 + "hello" + " }" * 5001,
    "selections": "{ worker " + "{ friend " * 5000 + "{ fullName }" + " }" * 5001,
    "list literals": "{ byIds(ids: " + "[" * 5000 + "]" * 5000 + ") { fullName } }",
    "object literals": "{ byIds(ids: " + "{a:" * 1500 + "1" + "}" * 1500 + ") { fullName } }",
    "list types": "query ($a: " + "[" * 3000 + "Int" + "]" * 3000 + ") { hello }",
    "unknown names": "{ worker { " + " ".join(f"fullNam{n}" for n in range(1900)) + " } }",
    "variables": "query (" + " ".join(f"$v{n}: Int" for n in range(1200)) + ") { hello }",
}


@pytest.mark.parametrize("text", HANGS.values(), ids=HANGS.keys())
def test_no_text_hangs(preparation: Preparation, text: str) -> None:
    started = time.process_time()
    with pytest.raises(RequestError) as refused:
        preparation.prepared(text, None)
    assert refused.value.code is not ErrorCode.INTERNAL
    assert time.process_time() - started < LONG


def test_ordinary_large_query_of_many_fragments_is_within_limits(preparation: Preparation) -> None:
    spreads = " ".join(f"...F{n}" for n in range(25))
    card = "fullName organization { oid workers { totalCount nodes { fullName } } }"
    fragments = " ".join(f"fragment F{n} on Worker {{ {card} }}" for n in range(25))
    prepared = preparation.prepared(f"{{ worker {{ friend {{ {spreads} }} }} }} {fragments}", None)
    assert prepared.root_fields == {"worker"}


def test_same_text_and_name_give_the_same_object(preparation: Preparation) -> None:
    text = "query A { hello } query B { number(of: 1) }"
    assert preparation.prepared(text, "A") is preparation.prepared(text, "A")
    assert preparation.prepared(text, "A").document is preparation.prepared(text, "B").document
    assert preparation.prepared(text, "B").root_fields == {"number"}


def test_wrong_text_is_remembered_too(preparation: Preparation) -> None:
    faults = []
    for _ in range(2):
        with pytest.raises(RequestError) as refused:
            preparation.prepared("{ nothing }", None)
        faults.append(refused.value.faults)
    assert faults[0] is faults[1]


def test_memory_is_bounded_and_wrong_texts_do_not_push_out_good_ones() -> None:
    settings = Settings(_env_file=None, limit_documents=100_000)
    preparation = Preparation(SCHEMA, Limits.of(settings))
    good = preparation.prepared("{ hello }", None)
    for number in range(100):
        with pytest.raises(RequestError):
            preparation.prepared(f"{{ nothing{number} }}", None)
    assert preparation.prepared("{ hello }", None) is good
    for number in range(100):
        preparation.prepared(f"{{ a{number}: hello }}", None)
    assert preparation.prepared("{ hello }", None) is not good
    assert preparation.remembered <= 110_000


@pytest.mark.parametrize("example", EXAMPLES[::2], ids=lambda each: each.stem)
def test_what_is_told_of_a_documents_size_is_what_it_takes(example: Path) -> None:
    """With all that the engine keeps of it, a fifth more or less."""
    built, text = built_schema(), example.read_text()
    preparation, compiled = Preparation(built.graphql, LIMITS), CompiledSchema(built)
    told: list[int] = []
    took: list[int] = []
    for number in range(3):
        variant = text + " " * number
        gc.collect()
        tracemalloc.start()
        before = preparation.remembered
        compiled.runs(next(iter(preparation._operations(variant).values())))
        gc.collect()
        took.append(tracemalloc.get_traced_memory()[0])
        tracemalloc.stop()
        told.append(preparation.remembered - before)
    assert 0.8 < told[-1] / median(took) < 1.25


@pytest.mark.parametrize(
    ("text", "kind", "name", "guarded"),
    [
        ("{ hello }", "query", None, False),
        ("mutation M { note }", "mutation", "M", False),
        ("subscription { count(to: 1) }", "subscription", None, False),
        ("{ __typename }", "query", None, False),
        ("{ __schema { queryType { name } } }", "query", None, True),
        ("{ hello ... on Query { s: _service { sdl } } }", "query", None, True),
        (
            "{ ...F } fragment F on Query { _entities(representations: []) { __typename } }",
            "query",
            None,
            True,
        ),
    ],
)
def test_operation_says_what_it_is(
    preparation: Preparation, text: str, kind: str, name: str | None, guarded: bool
) -> None:
    prepared = preparation.prepared(text, None)
    assert (prepared.kind.value, prepared.name, prepared.guarded) == (kind, name, guarded)
