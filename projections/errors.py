"""What can go wrong with the projection.

ProjectionUnavailable: its database cannot be reached, or it is not built yet
ProjectionUnusable: its database can be reached but cannot hold a projection; says what to do
"""


class ProjectionUnavailable(Exception):
    """The projection cannot be used now; the message says why, without a driver's text."""


class ProjectionUnusable(Exception):
    """The database cannot hold the projection as it is set up; the message says what to do."""
