"""What can go wrong while the projection is kept.

Superseded: another process has gone on with it, or put another projection in its place
NotBuilt: there is none of this version, or of these registries
LeaseLost: another process may have taken over
KeptElsewhere: another process keeps it
"""


class Superseded(Exception):
    """What was read does not fit the projection any more: look at it anew."""


class NotBuilt(Exception):
    """There is no projection of this version of Svod and of these registries."""


class LeaseLost(Exception):
    """The lease has ended; another process may have taken over."""


class KeptElsewhere(Exception):
    """Another process keeps the projection, or builds it."""
