"""Content Credentials (C2PA) beside the label; the extra ``hegui[c2pa]``.

A C2PA manifest covers the file's bytes, so the order is: watermark, label, C2PA. A label that is
written later breaks the manifest.
"""

import dataclasses
import datetime as dt
import io
import os
import re
import tempfile
from pathlib import Path
from types import ModuleType
from typing import IO, Any, BinaryIO, Self

from hegui.marks import SOURCE_TRAINED, files
from hegui.marks.errors import MarksError
from hegui.marks.extras import need
from hegui.marks.formats import FORMATS
from hegui.marks.judge import judge
from hegui.marks.plan import Span
from hegui.marks.reader import contents, read
from hegui.marks.source import File, Source
from hegui.marks.stream import SourceFile

#: No network unless a time-stamp server is given; no thumbnail, which would be a second picture.
_SETTINGS = {
    "verify": {"remote_manifest_fetch": False},
    "builder": {"thumbnail": {"enabled": False}},
}
_MAX_PEM = 1 << 20
_CERTIFICATE = re.compile(rb"-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----")
_KEY = re.compile(rb"-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----\n?")
#: Where the library's name of a type differs from ours.
_TYPES = {"apng": "image/png", "m4v": "video/mp4", "3gp": "video/mp4"}


@dataclasses.dataclass(frozen=True, slots=True)
class Credentials:
    """What to sign with; the key is left out of its printed form.

    Attributes:
        certificates: PEM, the signer's certificate first, then those above it.
        key: PEM of the private key (PKCS #8).
        algorithm: ``es256``, ``es384``, ``es512``, ``ps256``, ``ps384``, ``ps512``, ``ed25519``.
        timestamps: address of an RFC 3161 time-stamp server, or ``None`` for no time stamp.
    """

    certificates: bytes
    key: bytes = dataclasses.field(repr=False)
    algorithm: str = "es256"
    timestamps: str | None = None

    @classmethod
    def load(cls, file: File, timestamps: str | None = None) -> Self:
        """Reads PEM that holds the certificate chain and the private key.

        Args:
            file: path, bytes or open file: certificates, the signer's first, and one key
                (PKCS #8), in any order.
            timestamps: address of a time-stamp server.

        Raises:
            MarksError: ``file_unavailable``; ``c2pa_credentials`` when either is not there.
        """
        with Source.of(file) as source:
            text, name = source.upto(0, _MAX_PEM), source.name
        certificates = _CERTIFICATE.findall(text)
        keys = _KEY.findall(text)
        if not certificates or len(keys) != 1:
            raise MarksError(
                "c2pa_credentials",
                zh=f"{name} 应含证书链和一个私钥（PEM，PKCS #8），现有证书 {len(certificates)} 个、"
                f"私钥 {len(keys)} 个。请把两者放进同一文件。",
                en=f"{name} should hold a certificate chain and one private key (PEM, PKCS #8), "
                f"and has {len(certificates)} and {len(keys)}. Put both into one file.",
            )
        return cls(b"\n".join(certificates) + b"\n", keys[0], _algorithm(keys[0]), timestamps)


def sign(
    file: File,
    credentials: Credentials,
    *,
    software: str,
    version: str,
    when: dt.datetime,
    to: str | os.PathLike[str] | BinaryIO | None = None,
    durable: bool = False,
) -> bytes | None:
    """Adds a signed manifest that says: created by a trained model (C2PA 2.2, 18.14.2).

    Args:
        file: a path, bytes, or a binary file that can seek; it must carry its label already, in
            itself: a sidecar is not covered by the signature.
        credentials: certificate and key.
        software: name of the system that generated the content.
        version: that system's version.
        when: when the content was created, with a time zone.
        to: where the result goes, as in ``write``.
        durable: return only when the disk holds the new file.

    Returns:
        As ``write``.

    Raises:
        MarksError: ``extra_missing``; ``c2pa_unlabelled`` when there is not exactly one label;
            ``c2pa_format`` when C2PA has no place in the format; ``c2pa_present`` when there is a
            manifest already; ``c2pa_failed`` with what the library says; ``format_unknown``,
            ``file_malformed``, ``file_protected``, ``file_too_complex``, ``file_unavailable``.
    """
    library = need("c2pa", "c2pa")
    with Source.of(file) as source:
        reading = judge(contents(source))
    if len(reading.seen) != 1 or reading.label is None:
        raise MarksError(
            "c2pa_unlabelled",
            zh=f"C2PA 须在写入标识之后签名，此文件有 {len(reading.seen)} 个标识；文件未改动。"
            "请先写标识。",
            en="C2PA is signed after the label is in, and this file has "
            f"{len(reading.seen)} labels; it was left as it is. Write the label first.",
        )
    media_type = _media_type(library, reading.format)
    target = file if to is None and isinstance(file, str | os.PathLike) else to
    folder = Path(target).resolve().parent if isinstance(target, str | os.PathLike) else None
    with Source.of(file) as source, tempfile.TemporaryFile(dir=folder) as made:
        stream = io.BufferedReader(SourceFile(source))
        context = library.Context(settings=library.Settings.from_dict(_SETTINGS))
        if library.Reader.try_create(media_type, stream, context=context) is not None:
            raise MarksError(
                "c2pa_present",
                zh="文件已有 C2PA 内容凭证，不能再声明为新创作；文件未改动。",
                en="The file has a C2PA manifest already, so it can't be said to be newly created; "
                "it was left as it is.",
            )
        stream.seek(0)
        manifest = _manifest(software, version, when)
        _sign(
            library,
            context,
            manifest=manifest,
            credentials=credentials,
            media_type=media_type,
            stream=stream,
            made=made,
        )
        if read(made).label != reading.label:
            raise _failed("the label is gone")
        with Source.of(made) as new:
            whole = [Span(0, new.size)]
            return files.deliver(target, new, whole, None, origin=file, durable=durable)


def _algorithm(key: bytes) -> str:
    """What a key signs with, as C2PA names it (2.2, 13.2)."""
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415

    try:
        found = load_pem_private_key(key, None)
    except (ValueError, TypeError) as error:
        raise _failed("the key can't be read") from error
    if isinstance(found, ec.EllipticCurvePrivateKey):
        return {256: "es256", 384: "es384"}.get(found.key_size, "es512")
    return "ed25519" if isinstance(found, ed25519.Ed25519PrivateKey) else "ps256"


def _manifest(software: str, version: str, when: dt.datetime) -> dict[str, Any]:
    agent = {"name": software, "version": version}
    action = {
        "action": "c2pa.created",
        "digitalSourceType": SOURCE_TRAINED,
        "softwareAgent": agent,
        "when": when.astimezone(dt.UTC).isoformat(timespec="seconds"),
    }
    return {
        "claim_generator_info": [agent],
        "assertions": [{"label": "c2pa.actions.v2", "data": {"actions": [action]}}],
    }


def _sign(
    library: ModuleType,
    context: Any,
    *,
    manifest: dict[str, Any],
    credentials: Credentials,
    media_type: str,
    stream: BinaryIO,
    made: IO[bytes],
) -> None:
    info = library.C2paSignerInfo(
        credentials.algorithm, credentials.certificates, credentials.key, credentials.timestamps
    )
    try:
        signer = library.Signer.from_info(info)
        library.Builder(manifest, context).sign(signer, media_type, stream, made)
        made.seek(0)
        reader = library.Reader(media_type, made, context=context)
        state = reader.get_validation_state()
    except library.C2paError as error:
        raise _failed(str(error)) from error
    # A certificate of a private authority is valid without being on C2PA's trust list.
    if state not in {"Valid", "Trusted"}:
        raise _failed(f"the signed file reads as {state}")


def _media_type(library: ModuleType, name: str) -> str:
    known = name in FORMATS
    media_type = _TYPES.get(name, FORMATS[name].media_type) if known else ""
    if media_type not in library.Builder.get_supported_mime_types():
        raise MarksError(
            "c2pa_format",
            zh=f"C2PA 没有规定 {name} 的存放位置；文件未改动，标识照旧有效。",
            en=f"C2PA has no place in {name}; the file was left as it is, its label stands.",
        )
    return media_type


def _failed(why: str) -> MarksError:
    return MarksError(
        "c2pa_failed",
        zh=f"C2PA 签名没有成功（{why}）；文件未改动。请检查证书、私钥和时间戳服务器。",
        en=f"The C2PA signature failed ({why}); the file was left as it is. "
        "Check the certificate, the key and the time-stamp server.",
    )
