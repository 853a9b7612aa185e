"""Whose accreditation ends soon, by specialty: from a paged query and from an export, as one table each.

python expiring.py ADDRESS TOKEN    (http://127.0.0.1:8000, and what `svod token --role analyst` prints)

The marks `# %%` are cells: Jupyter (with jupytext), VS Code and PyCharm open this file as a notebook.
"""

# %% Where Svod is, and who asks
import datetime as dt
import io
import json
import sys
from collections.abc import Iterator
from typing import Any

import httpx
import polars as pl

ADDRESS, TOKEN = sys.argv[1:3]
svod = httpx.Client(base_url=ADDRESS, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=60)

TODAY = dt.date.today()  # noqa: DTZ011 - the analyst's own day
WHERE = {
    "regions": ["77", "50"],
    "credentials": {
        "some": {"inForce": True, "validUntil": {"to": (TODAY + dt.timedelta(days=365)).isoformat()}}
    },
}

# %% A paged query: as many pages as there are, a hundred rows each
QUERY = """query Expiring($where: WorkerWhere, $after: String) {
  workers(where: $where, first: 100, after: $after) {
    totalCount
    nodes { registryNumber fullName credentials { specialty { name } validUntil status } }
    pageInfo { hasNextPage endCursor }
  }
}"""


def workers() -> Iterator[dict[str, Any]]:
    """Every hit; an answer that is not whole stops the script rather than a table that lacks something."""
    after = None
    while True:
        answer = svod.post("/graphql", json={"query": QUERY, "variables": {"where": WHERE, "after": after}})
        told = answer.raise_for_status().json()
        if "errors" in told:
            raise SystemExit(told["errors"])
        page = told["data"]["workers"]
        yield from (node for node in page["nodes"] if node is not None)
        if not page["pageInfo"]["hasNextPage"]:
            return
        after = page["pageInfo"]["endCursor"]


paged = pl.DataFrame(list(workers()), infer_schema_length=None)

# %% One row for each credential
by_specialty = (
    paged.explode("credentials")
    .unnest("credentials")
    .filter(pl.col("status") == "ACTIVE")
    .with_columns(pl.col("validUntil").str.to_date(), pl.col("specialty").struct.field("name").alias("of"))
    .group_by("of")
    .agg(pl.len().alias("credentials"), pl.col("validUntil").min().alias("first"))
    .sort("credentials", "of", descending=[True, False])
)
print(by_specialty.head(10), file=sys.stderr)

# %% The same people as an export: one request, however many they are; Parquet knows the types
COLUMNS = "registryNumber,fullName,organization,specialty,credentialUntil"


def export(kind: str) -> io.BytesIO:
    """A file of what the filter finds; one that was cut off is an error, never a short table."""
    asked = {"where": json.dumps(WHERE), "columns": COLUMNS}
    return io.BytesIO(svod.get(f"/export/workers.{kind}", params=asked).raise_for_status().content)


table = pl.read_parquet(export("parquet"))
texts = pl.read_csv(export("csv"), infer_schema=False)

# %% Both ways find the same people
print(
    json.dumps(
        {
            "paged": sorted(paged["registryNumber"]),
            "parquet": sorted(table["registryNumber"]),
            "csv": sorted(texts["registryNumber"]),
            "days": str(table.schema["credentialUntil"]),
            "specialties": by_specialty.height,
        }
    )
)
