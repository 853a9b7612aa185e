"""What a caller may have asked wrongly, found while answering.

BadArgument: an argument's value, or two arguments together, make no sense
    BadCursor: a cursor that this connection did not give
    BadId: a global id of no type, or of another type
"""


class BadArgument(Exception):
    """An argument cannot be answered; the message names it and what would be right."""


class BadCursor(BadArgument):
    """A cursor that this connection did not give."""


class BadId(BadArgument):
    """A global id that names no record of the wanted type."""
