"""From a query's text to its answer, whatever the transport: prepared, measured, persisted, executed."""
