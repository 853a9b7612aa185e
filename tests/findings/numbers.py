"""Numbers checked digit by digit, as their documents describe it; apart from the registries' own SQL."""

import re
from typing import Any, Final

from tests.search.database import Connection

OLD: Final = re.compile(r"(ЛО|ФС)-\d\d-\d\d-\d{6}")
NEW: Final = re.compile(r"Л041-\d{5}-\d\d/\d{8}")


def is_snils(text: str) -> bool:
    """Eleven digits, the last two of which check the others unless the number is an old one."""
    if not re.fullmatch(r"[0-9]{11}", text):
        return False
    total = sum(int(digit) * (9 - place) for place, digit in enumerate(text[:9]))
    return int(text[:9]) <= 1001998 or total % 101 % 100 == int(text[9:])


def is_inn(text: str, lengths: tuple[int, ...] = (10, 12)) -> bool:
    """Ten digits of an entity, twelve of a person, the last one or two of which check the others."""
    if not re.fullmatch(r"[0-9]+", text) or len(text) not in lengths:
        return False
    weights = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
    places = (9,) if len(text) == 10 else (10, 11)
    return all(
        sum(int(digit) * weight for digit, weight in zip(text[:place], weights[-place:], strict=True))
        % 11
        % 10
        == int(text[place])
        for place in places
    )


def is_ogrn(text: str) -> bool:
    """Thirteen digits of an entity, fifteen of a proprietor, the last of which checks the others."""
    if not re.fullmatch(r"[0-9]{13}([0-9]{2})?", text):
        return False
    return int(text[:-1]) % (len(text) - 2) % 10 == int(text[-1])


async def wrong_numbers(line: Connection) -> list[Any]:
    """What is found about numbers, in the words of the oracle's view."""
    found: list[Any] = []
    workers = await line.fetch(
        "select w.id::text, w.registry_number, w.snils::text, w.inn::text, w.region_code::text,"
        " (select o.oid from organization o where o.oid = f.organization_oid)"
        " from worker w join of_worker f on f.id = w.id"
    )
    for key, number, snils, inn, region, place in workers:
        wrong = {"wrong_snils": (is_snils(snils), "snils")}
        wrong["wrong_worker_inn"] = (inn is None or is_inn(inn.strip(), (12,)), "inn")
        found += [
            (rule, key, number, place, region, None, [f"WORKERS Worker {key} {field} "])
            for rule, (right, field) in wrong.items()
            if not right
        ]
    for oid, form, inn, ogrn, region in await line.fetch(
        "select oid, legal_form, inn, ogrn, region_code::text from organization"
    ):
        shown = inn if form == "ENTITY" else ""
        wrong = {"wrong_organization_inn": (is_inn(inn), f"inn {shown}")}
        wrong["wrong_organization_ogrn"] = (is_ogrn(ogrn), "ogrn ")
        found += [
            (rule, oid, None, oid, region, None, [f"ORGANIZATIONS Organization {oid} {said}"])
            for rule, (right, said) in wrong.items()
            if not right
        ]
    for key, number, old, inn, ogrn, region, place in await line.fetch(
        "select l.id::text, l.number, l.old_number, l.holder_inn, l.holder_ogrn, l.region_code::text,"
        " (select o.oid from organization o where o.oid = w.oid)"
        " from license l join license_owner w on w.id = l.id"
    ):
        shown = inn if len(inn) == 10 else ""
        wrong = {
            "wrong_license_number": (
                bool(NEW.fullmatch(number) or OLD.fullmatch(number)),
                f"number {number}",
            ),
            "wrong_old_number": (old is None or bool(OLD.fullmatch(old)), f"oldNumber {old}"),
            "wrong_holder_inn": (is_inn(inn), f"holderInn {shown}"),
            "wrong_holder_ogrn": (is_ogrn(ogrn), "holderOgrn "),
        }
        found += [
            (rule, key, None, place, region, None, [f"LICENSES License {key} {said}"])
            for rule, (right, said) in wrong.items()
            if not right
        ]
    return found
