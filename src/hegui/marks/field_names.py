"""The seven fields' names, and the other spellings under which real labels have them."""

#: In the order of GB 45438-2025, Annex E b).
NAMES = (
    "Label",
    "ContentProducer",
    "ProduceID",
    "ReservedCode1",
    "ContentPropagator",
    "PropagateID",
    "ReservedCode2",
)
#: Too far from the standard's name for ``_distance``; letters and digits only, lower case.
_ALIASES = {
    "aigclabel": "Label",
    "producer": "ContentProducer",
    "serviceprovider": "ContentProducer",
    "contentprovider": "ContentProducer",
    "producerid": "ProduceID",
    "productionid": "ProduceID",
    "contentid": "ProduceID",
    "propagator": "ContentPropagator",
    "propatorid": "PropagateID",
    "propagatorid": "PropagateID",
    "propagationid": "PropagateID",
    "reserved1": "ReservedCode1",
    "reserved2": "ReservedCode2",
}
_PLAIN = {name.lower(): name for name in NAMES}
#: More letters than this may not be wrong.
_MOST = 2
#: Each name in one part more: one of them stands unharmed in a key with as many wrong letters.
_PARTS = [
    (lower, name, [lower[at * len(lower) // 3 : (at + 1) * len(lower) // 3] for at in range(3)])
    for lower, name in _PLAIN.items()
]


def meant(key: str) -> str | None:
    """The standard's field that a key stands for, however it is spelt.

    Case, spaces, underscores and a stray colon do not count, and up to two letters may be wrong
    (``ReserveCode1``, ``content_producer``, ``ReservedCode2: ``).

    Args:
        key: a key as it stands in a label.

    Returns:
        One of ``NAMES``, or ``None`` when it is another field or could be two of them.
    """
    if len(key) > 40:
        return None
    plain = "".join(character for character in key.lower() if character.isalnum())
    known = _PLAIN.get(plain) or _ALIASES.get(plain)
    if known or len(plain) < 7:
        return known
    near = sorted(
        (_distance(plain, lower), name)
        for lower, name, parts in _PARTS
        if any(part in plain for part in parts)
    )
    (best, name), (second, _) = (*near, (_MOST + 1, ""), (_MOST + 2, ""))[:2]
    return name if best <= _MOST and best < second else None


def _distance(one: str, two: str) -> int:
    """Letters to add, drop or change (Levenshtein), or just too many of them."""
    far = _MOST + 1
    if abs(len(one) - len(two)) > _MOST:
        return far
    row = list(range(len(two) + 1))
    for above, mine in enumerate(one):
        left, row[0] = row[0], above + 1
        for column, other in enumerate(two, 1):
            left, row[column] = (
                row[column],
                min(row[column] + 1, row[column - 1] + 1, left + (mine != other)),
            )
        if min(row) > _MOST:
            return far
    return row[-1]
