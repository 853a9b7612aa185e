"""Measures the gateway beside others that answer the same. Nothing of the gateway may import it."""
