"""Who asks and what they may see. Asks no registry itself."""
