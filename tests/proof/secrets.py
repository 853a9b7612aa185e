"""What must never stand beside the data of an answer: in an error, in an extension."""

import re
from typing import Final

from tests.proof.world import World

COLUMNS: Final = ("snils", "inn", "phone", "email", "passport_number", "residence_address")
_WORD: Final = re.compile(r"\d{6,}|\S+@\S+")


class Secrets:
    """The personal numbers and addresses of all workers."""

    def __init__(self, world: World) -> None:
        self._kinds = {
            str(value): column
            for row in world.rows["worker"]
            for column in COLUMNS
            if (value := getattr(row, column)) is not None
        }
        for table in ("credential", "education", "category", "training", "license"):
            self._kinds |= {row.worker_snils: "snils" for row in world.rows[table] if row.worker_snils}

    def leaked(self, told: str, asked: str) -> str | None:
        """What kind of secret stands in what is told, unless the caller has said it himself."""
        plain = {word.strip('",:}]') for word in _WORD.findall(told)}
        found = (
            self._kinds[word] for word in plain & self._kinds.keys() if word not in re.sub(r"[- ]", "", asked)
        )
        return next(found, None)
