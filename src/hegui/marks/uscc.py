"""The unified social credit code's check digit (GB 32100-2015)."""

from hegui.marks.errors import MarksError

#: Digits and capitals without I, O, S, V and Z; a character's value is its place.
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))


def uscc_check_digit(first17: str) -> str:
    """The eighteenth character that belongs to the first seventeen.

    Args:
        first17: department, class, region (6) and organisation (9).

    Returns:
        One character of the code's alphabet.

    Raises:
        MarksError: ``uscc_malformed`` when there are not seventeen, or one is not of the alphabet.
    """
    if len(first17) != 17:
        raise MarksError(
            "uscc_malformed",
            zh=f"统一社会信用代码前段应为 17 位，现为 {len(first17)} 位；请核对营业执照。",
            en=f"The credit code's first part has 17 characters, not {len(first17)}; "
            "compare it with the business licence.",
        )
    for place, character in enumerate(first17, 1):
        if character not in _VALUE:
            raise MarksError(
                "uscc_malformed",
                zh=f"统一社会信用代码第 {place} 位“{character}”不可用"
                "（只用数字和除 I、O、S、V、Z 外的大写字母）；请核对营业执照。",
                en=f"Character {place} of the credit code, “{character}”, is not allowed (digits "
                "and capitals without I, O, S, V, Z); compare it with the business licence.",
            )
    total = sum(
        _VALUE[character] * weight for character, weight in zip(first17, _WEIGHTS, strict=True)
    )
    return ALPHABET[-total % 31]
