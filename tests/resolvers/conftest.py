"""What the tests of resolvers share: the gateway in this process over the demo registries."""

from tests.schema.conftest import asking, gateway_asked

__all__ = ["asking", "gateway_asked"]
