"""How one field or link is answered, as data or as one short function. Holds no SQL and catches no errors."""
