"""What can go wrong with the journal.

AuditError
    JournalUnavailable: an entry could not be written, or the journal not be read
"""


class AuditError(Exception):
    """The journal cannot be used."""


class JournalUnavailable(AuditError):
    """It cannot be reached, or did not answer in time. Whether what was being written stands is unknown."""

    def __init__(self, cause: Exception | None = None) -> None:
        super().__init__("what is released cannot be put on record just now, so nothing is")
        self.__cause__ = cause
