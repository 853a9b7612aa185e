"""What can go wrong while demo data is loaded."""


class LoadFailed(Exception):
    """The registries took no more rows and hold nothing now; the message is the database's own."""
