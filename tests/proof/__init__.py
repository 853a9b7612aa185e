"""The proof of the rights: random operations, answered by the gateway and by an oracle that redacts first.

The oracle knows nothing of auth/, resolvers/, engine/ and loaders/: its rules are written apart.
"""
