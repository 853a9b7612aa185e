"""What can go wrong with a search.

SearchError
    BadSearch: an argument is wrong; says where it stands and what would be right
    BadPosition: a cursor does not belong to this order
    SearchTooCostly: its estimate is over the limit; it was not run
    SearchTimedOut: it ran longer than it may
    SearchUnavailable: the projection cannot be reached, is not built yet, or is too old for what is asked
"""

Path = tuple[str | int, ...]


class SearchError(Exception):
    """A search was not answered. The message never holds a value of a person."""


class BadSearch(SearchError):
    """An argument is wrong. `path`: where it stands, by GraphQL's names; `fault`: what would be right."""

    def __init__(self, path: Path, fault: str) -> None:
        super().__init__(f"{dotted(path)}: {fault}" if path else fault)
        self.path = path
        self.fault = fault


class BadPosition(SearchError):
    """A cursor does not belong to this search's order."""

    def __init__(self) -> None:
        super().__init__("the cursor does not belong to this order")


class SearchTooCostly(SearchError):
    """The planner's estimate of the search is over the limit, both in its units of cost."""

    def __init__(self, estimate: int, limit: int) -> None:
        super().__init__(f"the search would cost about {estimate}, and {limit} is allowed: narrow its filter")
        self.estimate = estimate
        self.limit = limit


class SearchTimedOut(SearchError):
    """The search ran longer than it may. `seconds`: how long that is."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"the search took longer than {seconds:g} s: narrow its filter")
        self.seconds = seconds


class SearchUnavailable(SearchError):
    """The projection cannot serve this search now; the message says why."""


def dotted(path: Path) -> str:
    """A path as it is written in messages: `where.employments.some.rate`, `where.or[1].region`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")
