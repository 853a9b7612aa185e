"""Aggregates: whom they count, for whom they are exact, and what small figures give away."""
