"""The example queries of the explorer, read from `web/examples/`."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from graphql import OperationDefinitionNode, parse

FOLDER: Final = Path(__file__).parents[2] / "web" / "examples"


@dataclass(frozen=True, slots=True)
class Example:
    """One example: its title, its one operation's name, its text and variables."""

    title: str
    operation: str
    query: str
    variables_text: str

    @property
    def variables(self) -> dict[str, Any]:
        """The variables as the gateway gets them."""
        return dict(json.loads(self.variables_text))


def _example(path: Path) -> Example:
    query = path.read_text(encoding="utf-8").rstrip()
    (definition,) = [node for node in parse(query).definitions if isinstance(node, OperationDefinitionNode)]
    assert definition.name is not None
    variables = path.with_suffix(".variables.json").read_text(encoding="utf-8").rstrip()
    return Example(query.splitlines()[0].removeprefix("# "), definition.name.value, query, variables)


EXAMPLES: Final = [_example(path) for path in sorted(FOLDER.glob("*.graphql"))]
