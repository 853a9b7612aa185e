"""A copy of the world for one caller, in which every value that is not his has been masked or taken out."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from tests.proof.law import MASK, NOTHING, VALUE, About, Caller, masked, outcome
from tests.proof.sensitive import ARGUMENTS, INPUTS, MASKED, SENSITIVE
from tests.proof.world import Thing, World

ASKED_BY_SNILS = ("Query", "worker", "snils")


@dataclass(frozen=True)
class Hidden:
    """What stands in a copy where a value was: its mask or nothing, and what the caller is told of it."""

    shown: str | None
    told: str


@dataclass(eq=False)
class Redacted:
    """A thing in a copy."""

    thing: Thing
    values: Mapping[str, Any]


class RedactedCopy:
    """The copy. Each thing is redacted before anything of it is read; what nobody reads is not copied."""

    def __init__(
        self, world: World, caller: Caller, classes: Mapping[tuple[str, str], str] = SENSITIVE
    ) -> None:
        self.world = world
        self.caller = replace(caller, organizations=tuple(world.reached(caller.organizations)))
        self.told: Counter[tuple[str, str]] = Counter()
        self.given: set[tuple[str, str]] = set()
        self._classes: dict[str, dict[str, str]] = {}
        for (type_name, name), field_class in classes.items():
            self._classes.setdefault(type_name, {})[name] = field_class
        self._copies: dict[int, Redacted] = {}

    def of(self, thing: Thing) -> Redacted:
        """The thing as it stands in the copy."""
        if id(thing) not in self._copies:
            self._copies[id(thing)] = Redacted(thing, {**thing.values, **self._hidden(thing)})
        return self._copies[id(thing)]

    def explained(self, coordinate: str, about: About) -> Thing:
        """What the copy gives of a field of a record."""
        type_name, _, name = coordinate.partition(".")
        field_class = self._classes.get(type_name, {}).get(name)
        given = VALUE
        if field_class is not None:
            given = outcome(self.caller, field_class, about, maskable=(type_name, name) in MASKED)
        told = {NOTHING: "WITHHELD"}.get(given, given.upper())
        values = {"coordinate": coordinate, "fieldClass": field_class or "PUBLIC", "decision": told}
        return Thing("AccessExplanation", None, values=values)

    def found_by_snils(self, snils: str) -> Thing | None:
        """The worker whose SNILS the copy shows as this one; the caller is told if he might not know."""
        found = self.world.thing("Worker", self.world.by_snils.get(snils))
        about = None if found is None else found.about
        if outcome(self.caller, ARGUMENTS[ASKED_BY_SNILS], about, maskable=True) == VALUE:
            return found
        self.told["Query.worker(snils:)", "WITHHELD"] += 1
        return None

    def claimable(self, fact: str, about: About) -> bool:
        """Whether the caller may claim this fact of this person; he is told if he may not."""
        may = outcome(self.caller, INPUTS["WorkerClaim", fact], about, maskable=True) == VALUE
        if not may:
            self.told[f"WorkerClaim.{fact}", "WITHHELD"] += 1
        return may

    def _hidden(self, thing: Thing) -> Mapping[str, Hidden]:
        found = {}
        for name, field_class in self._classes.get(thing.type_name, {}).items():
            kind = MASKED.get((thing.type_name, name))
            given = outcome(self.caller, field_class, thing.about, maskable=kind is not None)
            if given != VALUE:
                found[name] = _in_place_of(thing.values.get(name), kind if given == MASK else None)
        return {name: each for name, each in found.items() if each is not None}


def _in_place_of(value: Any, kind: str | None) -> Hidden | None:
    """What is shown in place of a value; an absent one that would be masked is just absent."""
    if kind is None:
        return Hidden(None, "WITHHELD")
    if value is None:
        return None
    mask = masked(kind, value)
    return Hidden(mask, "WITHHELD" if mask is None else "MASKED")
