"""What may be asked: GraphQL types, inputs, scalars, directives. Holds no logic, no SQL, no rights."""
