"""Queries whose values stand in their text are answered as if each text had been prepared by itself."""

from collections.abc import AsyncIterator
from random import Random

import pytest

from gateway.servers import OwnServers
from tests.asking import Asking, asking_over
from tests.queries.conftest import DAY

NUMBERS = (
    "77200000000001",
    "77200000000002",
    " 772-0000-0000003",
    "7720000000000x",
    "no number!",
    "",
    "9" * 30,
)
OIDS = ("1.2.643.5.1.13.13.12.2.77.7809", "1.2.643.5.1.13.13.12.2.77.1", "1.2.643", "oid", "112-233-445 95")
SIZES = ("1", "2", "0", "-1", "1001", "99999999")

FRAMES = (
    '{ worker(registryNumber: "NUMBER") { lastName employments { position { code } } } }',
    '{ worker(registryNumber: "NUMBER") { id } organization(oid: "OID") { id } node(id: "OID") { id } }',
    '{ organization(oid: "OID") { shortName\n employments(first: SIZE) { totalCount nodes { id } } } }',
    '{ licenses(first: SIZE, after: "OID") { nodes { number } } }',
    '{ nodes(ids: ["OID", "NUMBER"]) { id } credential(number: "NUMBER") { validUntil } }',
    'query ($size: Int! = SIZE) { organization(oid: "OID") { employments(first: $size) { totalCount } } }',
)


@pytest.fixture(scope="module")
async def forgetful(own_servers: OwnServers, asking: Asking) -> AsyncIterator[Asking]:
    """The same gateway, which prepares each text as it stands. (`asking` has loaded the data.)"""
    urls = own_servers.registry_urls("queries")
    async with asking_over(urls, own_servers.redis_url, DAY, limit_documents=0) as asked:
        yield asked


@pytest.mark.parametrize("frame", FRAMES)
async def test_answers_are_the_same(frame: str, asking: Asking, forgetful: Asking) -> None:
    chance = Random(frame)
    for _ in range(25):
        text = frame
        for word, values in (("NUMBER", NUMBERS), ("OID", OIDS), ("SIZE", SIZES)):
            text = text.replace(word, chance.choice(values[:2] if chance.random() < 0.6 else values))
        given, expected = await asking.ask(text), await forgetful.ask(text)
        assert (given.data, given.errors, given.extensions) == (
            expected.data,
            expected.errors,
            expected.extensions,
        ), text
