"""The servers that are compared with the gateway."""
