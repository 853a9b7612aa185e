"""Lapses: what is left of a principal whose grants do not hold just now."""

from dataclasses import replace

from auth.principal import Lapse, LapseReason, Principal


def unchecked(principal: Principal) -> Principal:
    """The principal without any grant: his token may be revoked or its session over, and nobody can tell."""
    lost = sorted(grant.role for grant in principal.grants)
    lapses = tuple(Lapse(role, LapseReason.SESSIONS_UNAVAILABLE) for role in lost)
    return replace(principal, grants=frozenset(), snils=None, amr=frozenset(), acr=None, lapses=lapses)
