"""Many asks become one. Batches and aligns keys, and does nothing else."""
