"""Checking the signature of a label (TC260-PG-202511A)."""

from collections.abc import Iterator, Sequence
from itertools import islice

from hegui.marks.errors import MarksError
from hegui.marks.finding import Finding, finding
from hegui.marks.label import Label
from hegui.marks.security import sm2
from hegui.marks.security.data import DIGESTS, EXTENSION, LABEL_TYPES, Key, SecurityData, Signature
from hegui.marks.security.keys import PublicKey
from hegui.marks.security.message import Which, message
from hegui.marks.security.pins import Pins

#: Real labels bring one key; each costs milliseconds, and a file may hold many labels.
MAX_KEYS = 2


def check(label: Label, which: Which = 1, pins: Pins | None = None) -> tuple[Finding, ...]:
    """What the security data of a reserved field says about its label.

    ``signature-intact``: the signature fits, under the key that came with it.
    ``signature-genuine``: it fits under a key that is pinned for the provider.
    ``signature-foreign``: the provider is pinned, and the signature fits under another key only.
    ``signature-broken``: it fits under none, so the label was changed, or signed wrongly.
    ``signature-unverified``: nothing can be said: no key, an unknown algorithm, or unknown bytes
    were signed. So it is with ReservedCode2, whose signed bytes the guide's public readings do not
    tell, unless this library wrote it.

    No finding comes of a field without SecurityData, whose form the standard leaves open; nor of a
    ReservedCode2 of unknown bytes on a first write, where the propagator is the producer
    (Annex E note 1) and ReservedCode1 speaks for both.

    The first signature over the label counts, with at most ``MAX_KEYS`` keys of the file.

    Args:
        label: the label.
        which: 1 for ReservedCode1, the producer's; 2 for ReservedCode2, the propagator's.
        pins: keys known from elsewhere.
    """
    field = f"ReservedCode{which}"
    try:
        data = SecurityData.parse(label.reserved_code1 if which == 1 else label.reserved_code2)
    except MarksError as error:
        return (_unverified(field, error.zh, error.en),)
    if data is None or not data.signatures:
        return ()
    signatures = [one for one in data.signatures if one.signed in LABEL_TYPES]
    if not signatures:
        return (_unverified(field, "签名对象不是标识本身", "it signs something else"),)
    signature = next((one for one in signatures if one.algorithm in DIGESTS), None)
    if signature is None:
        return (_unverified(field, "签名算法未知", "its algorithm is not known here"),)

    provider = label.content_producer if which == 1 else label.content_propagator
    pinned = pins.keys(provider) if pins is not None else ()
    brought = tuple(islice(_keys(signature, data.keys), MAX_KEYS))
    messages = _messages(label, which)
    if _holds(signature, pinned, messages):
        return (finding("signature-genuine", field=field),)
    if _holds(signature, brought, messages):
        return (finding("signature-foreign" if pinned else "signature-intact", field=field),)

    if which == 2 and data.extension != EXTENSION:
        if (label.content_propagator, label.propagate_id) == (
            label.content_producer,
            label.produce_id,
        ):
            return ()
        return (
            _unverified(field, "传播者所签内容未公开", "what the propagator signs is not public"),
        )
    if not pinned and not brought:
        return (_unverified(field, "没有可用的公钥", "there is no key to check it with"),)
    return (finding("signature-broken", field=field),)


def verify(label: Label, pins: Pins | None = None) -> tuple[Finding, ...]:
    """What both reserved fields say about a label: ``check`` for the producer, then for the other.

    Args:
        label: the label.
        pins: keys known from elsewhere.
    """
    return (*check(label, 1, pins), *check(label, 2, pins))


def _messages(label: Label, which: Which) -> tuple[bytes, bytes]:
    """The signed bytes, and their digest, which some producers sign instead: hashed twice."""
    signed = message(label, which)
    return signed, sm2.sm3(signed)


def _holds(signature: Signature, keys: Sequence[PublicKey], messages: tuple[bytes, bytes]) -> bool:
    digest = DIGESTS.get(signature.algorithm)
    if digest is None or not signature.value:
        return False
    return any(
        key.verify(signed, signature.value, digest)
        for key in keys
        if (key.algorithm == "sm2") == (digest == "sm3")
        for signed in (messages if digest == "sm3" else messages[:1])
    )


def _keys(signature: Signature, keys: Sequence[Key]) -> Iterator[PublicKey]:
    """The keys in the file that may belong to a signature; unreadable ones are left out."""
    for key in keys:
        if signature.key_id is None or key.key_id in {None, signature.key_id}:
            try:
                yield PublicKey.parse(key.value)
            except MarksError:
                continue


def _unverified(field: str, why_zh: str, why_en: str) -> Finding:
    return finding("signature-unverified", field=field, why_zh=why_zh, why_en=why_en)
