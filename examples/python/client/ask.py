"""The generated client at work: filters and answers are typed, and a mistake in them is found before it runs.

ariadne-codegen                     (makes the package `svod_client` beside this file)
python ask.py ADDRESS TOKEN
"""

import asyncio
import json
import sys

from svod_client import (
    Client,
    CredentialsWhere,
    CredentialWhere,
    SavedSearchInput,
    WorkerSearch,
    WorkerWhere,
)

CARDIOLOGY = "118"


async def asked(client: Client) -> dict[str, object]:
    """All cardiologists, page by page; their search is saved and forgotten again."""
    where = WorkerWhere(
        credentials=CredentialsWhere(some=CredentialWhere(specialties=[CARDIOLOGY], inForce=True)),
    )
    names: list[str] = []
    after: str | None = None
    while True:
        found = (await client.cardiologists(first=10, where=where, after=after)).workers
        if found is None:
            raise SystemExit("the search was not answered")
        names += [f"{each.registryNumber} {each.fullName}" for each in found.nodes if each is not None]
        if not found.pageInfo.hasNextPage:
            break
        after = found.pageInfo.endCursor
    saved = (
        await client.save(SavedSearchInput(name="Кардиологи", workers=WorkerSearch(where=where)))
    ).createSavedSearch
    if saved is None:
        raise SystemExit("the search was not saved")
    forgotten = (await client.forget(saved.id)).deleteSavedSearch
    return {
        "names": names,
        "total": found.totalCount,
        "saved": saved.name,
        "forgotten": forgotten == saved.id,
    }


async def main(address: str, token: str) -> None:
    """Ask, and print what was answered."""
    async with Client(url=f"{address}/graphql", headers={"Authorization": f"Bearer {token}"}) as client:
        print(json.dumps(await asked(client), ensure_ascii=False))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:3]))
