"""Random questions to a random world: fragments, aliases, directives, variables, arguments."""

from random import Random
from typing import Any

from graphql import GraphQLSchema, GraphQLUnionType, get_named_type, is_leaf_type

from tests.engine.worlds import NAMES

DEEPEST = 4
ARGUMENTS = (
    "",
    "(x: 4)",
    "(x: $n)",
    "(x: null)",
    "(y: [1, $i])",
    "(y: $l)",
    "(z: $n)",
    "(z: $i)",
    "(e: Y)",
    "(e: $e, y: [])",
)
HEAD = "($a: Boolean!, $b: Boolean = true, $n: Int, $i: Int = 7, $l: [Int!], $e: E)"
PLAIN_HEAD = "($a: Boolean!, $b: Boolean!, $n: Int, $i: Int)"
WITH_MORE = ("$l", "$e")


class Questions:
    """Questions to one schema."""

    def __init__(self, schema: GraphQLSchema, random: Random) -> None:
        self._schema, self._random = schema, random
        self._fragments: list[str] = []

    def text(self) -> str:
        """An operation that may or may not be valid: two fields can be at odds under one alias."""
        self._fragments = []
        kind = self._random.choice(("query", "query", "mutation"))
        body = self._selection("Query", 0)
        text = f"{body} {' '.join(self._fragments)}"
        plain = self._random.random() < 0.5 and not any(each in text for each in WITH_MORE)
        return f"{kind} {PLAIN_HEAD if plain else HEAD} {text}"

    def variables(self) -> dict[str, Any]:
        """Values for its variables, some of them left out."""
        random = self._random
        values: dict[str, Any] = {"a": random.random() < 0.5}
        for name, choice in {"b": (True, False), "n": (5, None), "l": ([1], None), "e": ("X", None)}.items():
            if random.random() < 0.5:
                values[name] = random.choice(choice)
        return values

    def _selection(self, type_name: str, depth: int) -> str:
        random = self._random
        parts: list[str] = []
        for _ in range(random.randrange(1, 4)):
            type_ = self._schema.type_map[type_name]
            fields = [] if isinstance(type_, GraphQLUnionType) else list(type_.fields)  # type: ignore[attr-defined]
            chance = random.random()
            if chance < 0.1 or not fields:
                alias = random.choice(("", "", f"tn{random.randrange(3)}: "))
                parts.append(f"{alias}__typename{self._directives()}")
            else:
                parts += self._field(type_.fields[name := random.choice(fields)], name, depth)  # type: ignore[attr-defined]
            if random.random() > 0.8 and depth < DEEPEST:
                parts.append(self._fragment(type_name, depth))
        return "{" + (" ".join(parts) or "__typename") + "}"

    def _field(self, field: Any, name: str, depth: int) -> list[str]:
        named = get_named_type(field.type)
        alias = f"{name}_{depth}: " if self._random.random() < 0.3 else ""
        if name == "args":
            alias = f"args{self._random.randrange(1000)}: "
            return [f"{alias}args{self._random.choice(ARGUMENTS)}{self._directives()}"]
        if is_leaf_type(named):
            return [f"{alias}{name}{self._directives()}"]
        if depth >= DEEPEST:
            return []
        return [f"{alias}{name}{self._directives()}{self._selection(named.name, depth + 1)}"]

    def _fragment(self, type_name: str, depth: int) -> str:
        random = self._random
        if type_name in (*NAMES, "Query"):
            on = type_name
        else:
            on = random.choice(NAMES if type_name == "U" else NAMES[:2])
        if on == "Query" or random.random() < 0.5:
            condition = "" if on == "Query" else f" on {on}"
            return f"...{condition}{self._directives()}{self._selection(on, depth + 1)}"
        number = len(self._fragments)
        self._fragments.append("")
        self._fragments[number] = f"fragment F{number} on {on} {self._selection(on, depth + 1)}"
        return f"...F{number}{self._directives()}"

    def _directives(self) -> str:
        random = self._random
        if random.random() < 0.85:
            return ""
        return f" @{random.choice(('skip', 'include'))}(if: {random.choice(('$a', '$b', 'true', 'false'))})"
