"""A process that makes a part of the shares and writes their rows to standard output, for demo/batches.py.

Each share is a line of JSON, the number of bytes by table, followed by those bytes.
"""

import json
import signal
import sys
from datetime import date

from demo.plan import Plan
from demo.share import rows_of_share


def make(plan: Plan, part: int, parts: int) -> None:
    """Write every share whose number leaves `part` when divided by `parts`."""
    out = sys.stdout.buffer
    for share in plan.shares():
        if share.number % parts == part:
            rows = rows_of_share(plan, share)
            sizes = {table: len(content) for table, content in rows.items()}
            out.write(json.dumps(sizes).encode() + b"\n")
            out.writelines(rows.values())
            out.flush()


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # nobody reads any more: end without a word
    workers, today, seed, part, parts = sys.argv[1:]
    make(Plan(int(workers), date.fromisoformat(today), int(seed)), int(part), int(parts))
