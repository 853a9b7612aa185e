"""The whole gateway counts, and knows its trusted documents, as its settings say."""

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path

from auth.principal import Grant, Principal, Role
from gateway.errors import ErrorCode
from gateway.servers import OwnServers
from sources.registry import Registry
from tests.asking import asking_over

QUERY = "{ registries { registry } }"
TRUSTED = "query Trusted { dictionaries(names: []) { name } }"


async def test_the_settings_say_how_much_and_which(
    registries: Mapping[Registry, str], own_servers: OwnServers, today: dt.date, tmp_path: Path
) -> None:
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps({"trusted": TRUSTED}), encoding="utf-8")
    async with asking_over(
        registries,
        own_servers.redis_url,
        today,
        rate_auditor="1/min burst 2; cost 1/min burst 100",
        trusted_documents=manifest,
        trusted_only=("worker",),
    ) as asking:
        worker, auditor = (
            Principal(f"limits-{role}", frozenset({Grant(role)})) for role in (Role.WORKER, Role.AUDITOR)
        )
        assert (await asking.ask(TRUSTED, principal=worker)).data == {"dictionaries": []}
        untrusted = await asking.ask(QUERY, principal=worker)
        assert [each["extensions"]["code"] for each in untrusted.errors] == [ErrorCode.DOCUMENT_NOT_TRUSTED]
        # Four registries at a weight of 10: two such requests are within both buckets, a third is not.
        for _ in range(2):
            assert not (await asking.ask(QUERY, principal=auditor)).errors
        refused = await asking.ask(QUERY, principal=auditor)
        assert [each["extensions"]["code"] for each in refused.errors] == [ErrorCode.RATE_EXCEEDED]
