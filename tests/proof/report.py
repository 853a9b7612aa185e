"""A failure as text: whose, what was asked, what is different, and how to run it alone."""

import json

from graphql import parse, print_ast

from tests.proof.trial import Failure


def told(failure: Failure) -> str:
    """All that is needed to see it again."""
    operation = failure.trial.operation
    return "\n".join(
        (
            f"the proof fails at seed {failure.trial.seed}, trial {failure.trial.number}",
            f"alone: python -m tests.proof --seed {failure.trial.seed} --trial {failure.trial.number}",
            f"caller: {failure.caller}",
            print_ast(parse(operation.text)),
            f"variables: {json.dumps(dict(failure.variables), ensure_ascii=False)}",
            f"first difference: {failure.difference}",
        )
    )
