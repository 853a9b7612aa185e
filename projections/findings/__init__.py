"""Findings: what is wrong in the registries, by rules over all four; kept with the projection."""
