"""The settings as typed structs: what ``hegui.toml`` may say. Checking is in ``check.py``."""

from typing import Literal

import msgspec

LabelAt = Literal["start", "end", "both", "interface"]


class Recipient(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who receives people's text (design rule 9)."""

    operator: str = ""
    country: str = ""
    purpose: str = ""
    contract: str = ""
    keeps: bool | None = None
    trains: bool | None = None


class Upstream(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A model server.

    Attributes:
        name: its name in metrics and evidence.
        kind: ``openai`` (any OpenAI-compatible server), ``responder`` (the embedded demo
            responder) or ``smollm`` (SmolLM2-135M in this process).
        base_url: up to and with ``/v1``.
        key_file: a file whose first line is the server's key.
        models: our model name to the server's own.
        file_hosts: other hosts from which a file that the server's answer names is fetched.
        connect_seconds, first_byte_seconds, idle_seconds: time-outs.
    """

    name: str
    kind: Literal["openai", "responder", "smollm"] = "openai"
    base_url: str = ""
    key_file: str = ""
    models: dict[str, str] = {}
    file_hosts: list[str] = []
    connect_seconds: float = 5.0
    first_byte_seconds: float = 60.0
    idle_seconds: float = 60.0
    recipient: Recipient = Recipient()


class MailTo(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Addresses, by the role of those whose work it is."""

    owner: list[str] = []
    officer: list[str] = []
    reviewer: list[str] = []


class Mail(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A server that takes mail to the staff; without ``host`` none is sent.

    Attributes:
        host: the server's name.
        port: 587 goes with STARTTLS, 465 with TLS.
        security: ``starttls`` (encryption before anything else is said) or ``tls`` (at once).
        sender: the address it is from.
        user: who signs in; empty: nobody does.
        password_file: a file whose first line is the user's password.
        to: whom it is for.
        recipient: who operates the server.
    """

    host: str = ""
    port: int = 587
    security: Literal["starttls", "tls"] = "starttls"
    sender: str = ""
    user: str = ""
    password_file: str = ""
    to: MailTo = MailTo()
    recipient: Recipient = Recipient()


class Webhook(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A program that is told what the staff are told; without ``url`` none is.

    Attributes:
        url: where to.
        key_file: a file whose first line is the key that signs what is sent.
        recipient: who operates it.
    """

    url: str = ""
    key_file: str = ""
    recipient: Recipient = Recipient()


class Provider(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who provides the service. ``contact`` is where an appeal in writing goes."""

    name: str
    code: str
    contact: str


class Service(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The service as its public knows it (Measures, Art. 10).

    Attributes:
        name: its name.
        public: for whom it is.
        occasions: on which occasions it is meant to be used.
        uses: what it is meant for.
    """

    name: str
    public: str
    occasions: str = ""
    uses: str = ""


class Data(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where state lives; empty means the default under the data folder."""

    url: str = ""
    keys_url: str = ""


class Listen(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Addresses; three ports follow one another: API, portal, console.

    ``public_url`` is how a reader reaches the portal, ``console_url`` how staff reach the
    console; empty: as listened.
    """

    host: str = "127.0.0.1"
    port: int = 8400
    public_url: str = ""
    console_url: str = ""


class Labels(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How what is generated is labelled.

    Attributes:
        at: the default place of the text label for new applications.
        text: its words.
        drawn: the words of the label that is drawn in pictures and clips.
        key_file: the SM2 key that signs the labels of files; empty: they are not signed.
        unlabelled: whether a person may ask for a file without the explicit label (Labelling
            Measures, Art. 9); the agreement must then state their duty to label.
        sampled: the share of marked files that are read back before they leave.
    """

    at: Literal["start", "end", "both"] = "start"
    text: str = "【AI生成】"
    drawn: str = "AI生成"
    key_file: str = ""
    unlabelled: bool = False
    sampled: float = 0.05


class Retention(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How long sealed text is kept, in days."""

    passed_days: int = 7
    stopped_days: int = 180


class Limits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Bounds on what one request may cost."""

    body_bytes: int = 4_194_304
    upload_bytes: int = 33_554_432
    media_bytes: int = 67_108_864
    depth: int = 32
    body_seconds: float = 30.0
    generation_seconds: float = 600.0
    requests: int = 1000  # at once


class Words(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Word packs read from files beside those added with ``hegui words add``."""

    shipped: bool = True
    files: list[str] = []


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All settings of one service."""

    provider: Provider
    service: Service
    upstream: list[Upstream]
    instance: str = "main"
    data: Data = Data()
    listen: Listen = Listen()
    labels: Labels = Labels()
    words: Words = Words()
    retention: Retention = Retention()
    limits: Limits = Limits()
    mail: Mail = Mail()
    webhook: Webhook = Webhook()
