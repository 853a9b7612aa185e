"""The tables of Svod's own database, one file a step: applied in order, each once, never changed again."""
