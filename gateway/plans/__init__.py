"""The engine, told of our fields, loaders and rights: how operations are compiled."""
