"""The security data of a reserved field (TC260-PG-202511A; GB 45438-2025, Annex E f) and i)).

The field holds one JSON object as text::

    {"SecurityData":{"Type":"TC260PG","Version":1,"PubSD":[
      {"Type":"DS","AlgID":"…","TBSData":{"Type":"Md"},"Signature":"<hex>"},
      {"Type":"PubKey","AlgID":"…","KeyValue":"<hex>"}]}}

Read tolerantly, since real labels spell it in several ways; written as the guide has it.

``Bindings`` (a hash of the content) is neither written nor checked: which bytes ``CntSel`` selects
is not confirmed, and a selection of our own could be checked by nobody else.
"""

from typing import Any, Self

import msgspec

from hegui.marks.errors import MarksError

SM3_WITH_SM2 = "1.2.156.10197.1.501"
#: Signature algorithms by their object identifiers, and the digest of each.
DIGESTS = {
    SM3_WITH_SM2: "sm3",
    "1.2.840.113549.1.1.11": "sha256",
    "1.2.840.113549.1.1.12": "sha384",
    "1.2.840.113549.1.1.13": "sha512",
    "1.2.840.10045.4.3.2": "sha256",
    "1.2.840.10045.4.3.3": "sha384",
    "1.2.840.10045.4.3.4": "sha512",
}
#: The guide's word for "signed is the label's metadata", and a misspelling found in real labels.
LABEL_TYPES = frozenset({"Md", "LabelMataData", "LabelMetaData"})
#: Real ones hold two entries; each signature costs milliseconds to check.
MAX_ENTRIES = 6
#: What ``Extension`` says when the propagator's message is the one documented in ``message``.
EXTENSION = "hegui-propagator-1"


class Signature(msgspec.Struct, frozen=True):
    """One ``PubSD`` entry of type ``DS``.

    Attributes:
        algorithm: object identifier, such as ``1.2.156.10197.1.501``.
        signed: what was signed: ``Md`` the label, ``Bnd`` a content binding, …
        value: the signature's bytes, empty when they could not be read.
        key_id: which key, or ``None``.
    """

    algorithm: str
    signed: str
    value: bytes
    key_id: str | None = None


class Key(msgspec.Struct, frozen=True):
    """One ``PubSD`` entry of type ``PubKey``.

    Attributes:
        algorithm: object identifier.
        value: the key as hexadecimal text or PEM.
        key_id: its number, or ``None``.
    """

    algorithm: str
    value: str
    key_id: str | None = None


class SecurityData(msgspec.Struct, frozen=True):
    """What a reserved field holds.

    Attributes:
        type: ``TC260PG``.
        version: ``1``.
        signatures: those over the label or over bindings, in their order.
        keys: public keys that came with the label.
        bindings: how many content bindings there are; they are not checked.
        extension: free text of the writer.
    """

    type: str
    version: str
    signatures: tuple[Signature, ...] = ()
    keys: tuple[Key, ...] = ()
    bindings: int = 0
    extension: str = ""

    @classmethod
    def parse(cls, reserved: str) -> Self | None:
        """Reads a reserved field.

        Args:
            reserved: the field's text.

        Returns:
            ``None`` when the field holds something else: the standard leaves its form open.

        Raises:
            MarksError: ``security_data_malformed`` when it calls itself SecurityData but is not.
        """
        if "SecurityData" not in reserved:
            return None
        try:
            outer = msgspec.json.decode(reserved)
        except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
            raise _malformed("不是 JSON", "it is not JSON") from error
        inner = outer.get("SecurityData") if isinstance(outer, dict) else None
        if not isinstance(inner, dict):
            raise _malformed("缺少 SecurityData 对象", "the SecurityData object is missing")
        if inner.get("Type") != "TC260PG":
            raise _malformed("Type 不是 TC260PG", "its Type is not TC260PG")
        entries = inner.get("PubSD", inner.get("PubSd", []))
        if not isinstance(entries, list) or len(entries) > MAX_ENTRIES:
            raise _malformed("PubSD 不是短列表", "its PubSD is no short list")
        objects = [entry for entry in entries if isinstance(entry, dict)]
        bindings = inner.get("Bindings")
        return cls(
            "TC260PG",
            _text(inner.get("Version")),
            tuple(_signature(entry) for entry in objects if entry.get("Type") == "DS"),
            tuple(_key(entry) for entry in objects if entry.get("Type") == "PubKey"),
            len(bindings) if isinstance(bindings, list) else 0,
            _text(inner.get("Extension")),
        )

    def to_json(self) -> str:
        """The field's text, as the guide has it; bindings are left out."""
        entries: list[dict[str, object]] = [
            {
                "Type": "DS",
                "AlgID": signature.algorithm,
                "TBSData": {"Type": signature.signed},
                "Signature": signature.value.hex().upper(),
            }
            for signature in self.signatures
        ]
        entries += [
            {"Type": "PubKey", "AlgID": key.algorithm, "KeyValue": key.value} for key in self.keys
        ]
        inner: dict[str, object] = {"Type": self.type, "Version": 1, "PubSD": entries}
        if self.extension:
            inner["Extension"] = self.extension
        return msgspec.json.encode({"SecurityData": inner}).decode()


def _signature(entry: dict[str, Any]) -> Signature:
    signed = entry.get("TBSData")
    try:
        value = bytes.fromhex(_text(entry.get("Signature")))
    except ValueError:
        value = b""  # such a signature holds for nothing
    return Signature(
        _text(entry.get("AlgID")),
        _text(signed.get("Type")) if isinstance(signed, dict) else "",
        value,
        _id(entry),
    )


def _key(entry: dict[str, Any]) -> Key:
    return Key(_text(entry.get("AlgID")), _text(entry.get("KeyValue")), _id(entry))


def _id(entry: dict[str, Any]) -> str | None:
    return None if entry.get("KeyID") is None else _text(entry["KeyID"])


def _text(value: object) -> str:
    """Strings and whole numbers as text, everything else as nothing."""
    return str(value) if isinstance(value, str | int) else ""


def _malformed(why_zh: str, why_en: str) -> MarksError:
    return MarksError(
        "security_data_malformed",
        zh=f"保留字段里的安全信息不合 TC260-PG-202511A（{why_zh}）；请由写入方重新生成。",
        en=f"The reserved field's security data is not as TC260-PG-202511A has it ({why_en}); "
        "have its writer make it again.",
    )
