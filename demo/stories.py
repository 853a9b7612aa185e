TAKEN_SNILS: frozenset[int] = frozenset({112233445})
