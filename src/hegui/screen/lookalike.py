"""Letters drawn like a Latin letter, and the Latin letter they stand for in the normal form.

After UTS 39 (Unicode security mechanisms), kept to letters that a reader takes for the other at a
glance. Only small letters are listed, for case is folded first; where the capital and the small
letter look like two different Latin letters, the one that is the better disguise won.
"""

_CYRILLIC = {
    "а": "a",
    "в": "b",
    "с": "c",
    "ԁ": "d",
    "е": "e",
    "һ": "h",
    "н": "h",
    "і": "i",
    "ј": "j",
    "к": "k",
    "ӏ": "l",
    "м": "m",
    "о": "o",
    "р": "p",
    "ԛ": "q",
    "ѕ": "s",
    "т": "t",
    "ѵ": "v",
    "ԝ": "w",
    "х": "x",
    "у": "y",
    "ү": "y",
}
_GREEK = {
    "α": "a",
    "β": "b",
    "ε": "e",
    "η": "h",
    "ι": "i",
    "κ": "k",
    "μ": "m",
    "ν": "v",
    "ο": "o",
    "ρ": "p",
    "τ": "t",
    "υ": "y",
    "χ": "x",
    "ζ": "z",
    "ϲ": "c",
    "ϳ": "j",
}
#: Latin letters whose stroke, or missing dot, Unicode does not decompose.
_LATIN = {
    "ɑ": "a",
    "đ": "d",
    "ɡ": "g",
    "ħ": "h",
    "ı": "i",
    "ł": "l",
    "ø": "o",
    "ŧ": "t",
}

LOOKALIKES = {**_CYRILLIC, **_GREEK, **_LATIN}
