"""The provider code of 27 characters (TC260-PG-20252A, service provider coding rule).

===== =============================================================================
1-2   ``00``, the code's format
3     subject: ``1`` an organisation (the digit for individuals is not confirmed)
4     how it is bound: ``1`` by its unified social credit code
5-22  that code, 18 characters, the last a check digit (GB 32100)
23-27 ``00000`` when not used; else ``1`` generation or ``2`` propagation, and four
      characters for the model or application, chosen by the provider
===== =============================================================================
"""

import re
from typing import Self

import msgspec

from hegui.marks.errors import MarksError
from hegui.marks.finding import Finding, finding
from hegui.marks.uscc import ALPHABET, uscc_check_digit

#: Valid in form; its region 000000 is allocated to nobody, so neither is the code.
DEMO_CODE = "001191000000MA0000000N10000"
_CHARACTERS = re.compile(r"[0-9A-Z]*")
_OTHER = re.compile(r"[^0-9A-Z]")


class ProviderCode(msgspec.Struct, frozen=True):
    """A provider code that follows the rule.

    Attributes:
        text: all 27 characters.
        uscc: the organisation's unified social credit code, 18 characters.
        service_type: ``0`` not used, ``1`` generation, ``2`` propagation.
        service_code: four characters, ``0000`` when not used.
    """

    text: str
    uscc: str
    service_type: str
    service_code: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads and checks a provider code.

        Args:
            text: exactly the 27 characters, without spaces.

        Raises:
            MarksError: ``provider_code_length``, ``_characters``, ``_format``, ``_subject``,
                ``_binding``, ``_check_digit`` or ``_service``; ``uscc_malformed`` for a
                character that a credit code never has.
        """
        if len(text) != 27:
            raise MarksError(
                "provider_code_length",
                zh=f"服务提供者编码应为 27 位，现为 {len(text)} 位；请核对编码。",
                en=f"A provider code has 27 characters, this one {len(text)}; compare it.",
            )
        if not _CHARACTERS.fullmatch(text):
            raise MarksError(
                "provider_code_characters",
                zh="服务提供者编码只用数字和大写字母；请改正。",
                en="A provider code has digits and capital letters only; correct it.",
            )
        _check_head(text)
        uscc = text[4:22]
        expected = uscc_check_digit(uscc[:17])
        if uscc[17] != expected:
            raise MarksError(
                "provider_code_check_digit",
                zh=f"统一社会信用代码 {uscc} 的校验位应为 {expected}；请核对营业执照。",
                en=f"The credit code {uscc} should end in {expected}; "
                "compare it with the business licence.",
            )
        service_type, service_code = text[22], text[23:]
        unused = service_type == "0" and service_code == "0000"
        if service_type not in "12" and not unused:
            raise MarksError(
                "provider_code_service",
                zh="第 23 位为服务类型：1 生成，2 传播；不用扩展码时第 23–27 位填 00000。",
                en="Character 23 is 1 for generation or 2 for propagation; "
                "characters 23-27 are 00000 when not used.",
            )
        return cls(text, uscc, service_type, service_code)

    @classmethod
    def build(cls, uscc: str, service_type: str = "0", service_code: str = "0000") -> Self:
        """The code of an organisation's service.

        Args:
            uscc: its unified social credit code, 18 characters.
            service_type: ``1`` generation, ``2`` propagation; ``0`` when the extension is not used.
            service_code: four digits or capitals that the provider chooses for the model or
                application; ``0000`` when the extension is not used.

        Raises:
            MarksError: as ``parse``.
        """
        return cls.parse(f"0011{uscc}{service_type}{service_code}")


def explain(code: str, field: str = "ProviderCode") -> tuple[Finding, ...]:
    """Every reason for which a provider code is wrong, all at once; none when it is right.

    Where the length is wrong nothing is said of the places, since it isn't known which are which.

    Args:
        code: what should be the 27 characters.
        field: where it stands, for the sentences.

    Returns:
        Findings ``code-length``, ``code-characters``, ``code-format``, ``code-subject``,
        ``code-binding``, ``code-uscc``, ``code-check-digit`` and ``code-service``, each with its
        place in TC260-PG-20252A.
    """
    if len(code) != 27:
        return (finding("code-length", field=field, length=len(code)),)
    found = []
    if other := _OTHER.search(code):
        found.append(finding("code-characters", field=field, character=other[0]))
    heads = (("code-format", code[:2], "00"), ("code-subject", code[2], "1"),
             ("code-binding", code[3], "1"))  # fmt: skip
    found += [finding(name, field=field, found=is_) for name, is_, must in heads if is_ != must]
    if code[3] == "1":
        found += _explain_uscc(code[4:22], field)
    service = code[22:]
    if service[0] not in "12" and service != "00000":
        found.append(finding("code-service", field=field, found=service))
    return tuple(found)


def _explain_uscc(uscc: str, field: str) -> list[Finding]:
    strange = next((one for one in uscc[:17] if one not in ALPHABET), None)
    if strange is not None:
        return [finding("code-uscc", field=field, character=strange)]
    expected = uscc_check_digit(uscc[:17])
    if uscc[17] == expected:
        return []
    return [finding("code-check-digit", field=field, found=uscc[17], expected=expected)]


def looks_like_code(text: str) -> bool:
    """Whether a provider's name is meant as a code, so that it can be held against the rule.

    Names are allowed (Annex E d)); a code begins with ``00`` or is made of capitals and digits
    about as long as one, most of them digits.

    Args:
        text: what stands in ContentProducer or ContentPropagator.
    """
    if not (text.isascii() and text.isalnum()):
        return False
    digits = sum(character.isdigit() for character in text)
    return (len(text) >= 6 and text.startswith("00")) or (
        18 <= len(text) <= 32 and digits >= 10 and text == text.upper()
    )


def _check_head(text: str) -> None:
    if text[:2] != "00":
        raise MarksError(
            "provider_code_format",
            zh="服务提供者编码前两位应为 00；请核对编码。",
            en="A provider code starts with 00; compare it.",
        )
    if text[2] != "1":
        raise MarksError(
            "provider_code_subject",
            zh="第 3 位（主体类型）应为 1（组织）；个人的编码方式尚未确认，请改用名称。",
            en="Character 3 (subject) is 1 for an organisation; "
            "how individuals are coded is not confirmed: use a name instead.",
        )
    if text[3] != "1":
        raise MarksError(
            "provider_code_binding",
            zh="第 4 位（绑定方式）应为 1（统一社会信用代码）；请核对编码。",
            en="Character 4 (binding) is 1, by unified social credit code; compare it.",
        )


def is_demo(code: str) -> bool:
    """Whether a code stands for the demo's nobody, whatever its service extension.

    Args:
        code: a provider's code or name.
    """
    return len(code) == len(DEMO_CODE) and code[:22] == DEMO_CODE[:22]
