"""Many distinct documents of the kinds that clients send: the same draw for the same number."""

from collections.abc import Iterator, Sequence
from random import Random

_WORKER = ("registryNumber", "lastName", "firstName", "middleName", "fullName", "status", "registeredOn")
_CREDENTIAL = ("kind", "number", "issuedOn", "validUntil", "status", "specialty { name }", "issuedBy")
_LICENSE = ("number", "status", "issuedOn", "validUntil", "holderName")
_ORGANIZATION = ("oid", "shortName", "fullName", "address")
_EDUCATION = ("kind { name }", "institution", "specialty { name }", "finishedYear")


def documents(count: int) -> list[str]:
    """So many documents, no two alike, each asking for one worker by `$number`."""
    chance = Random(11)
    found: dict[str, None] = {}
    while len(found) < count:
        found[_document(chance)] = None
    return list(found)


def _document(chance: Random) -> str:
    parts = [*_some(chance, _WORKER), *_links(chance)]
    chance.shuffle(parts)
    return (
        f"query Card($number: RegistryNumber!) {{ worker(registryNumber: $number) {{ {' '.join(parts)} }} }}"
    )


def _links(chance: Random) -> Iterator[str]:
    if chance.random() < 0.4:
        yield f"credentials {{ {' '.join(_some(chance, _CREDENTIAL))} }}"
    if chance.random() < 0.3:
        yield f"licenses {{ {' '.join(_some(chance, _LICENSE))} }}"
    if chance.random() < 0.3:
        yield f"educations {{ {' '.join(_some(chance, _EDUCATION))} }}"
    if chance.random() < 0.4:
        organization = " ".join(_some(chance, _ORGANIZATION))
        yield f"employments {{ kind startedOn organization {{ {organization} }} }}"


def _some(chance: Random, names: Sequence[str]) -> list[str]:
    chosen = chance.sample(names, chance.randint(1, len(names)))
    return [
        f"{chance.choice('abcdef')}{at}: {name}" if chance.random() < 0.2 else name
        for at, name in enumerate(chosen)
    ]
