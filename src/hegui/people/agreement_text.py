"""The agreement that ships: plain words, filled in from the settings."""

from importlib.resources import files
from typing import Literal

from hegui.config.model import Recipient, Settings, Upstream
from hegui.people.errors import PeopleError

_Language = Literal["zh", "en"]

_UNSAID = {"zh": "未写明", "en": "not stated"}
_KEEPS = {
    "zh": {True: "保留你的文字", False: "不保留你的文字", None: "是否保留未写明"},
    "en": {True: "keeps your text", False: "does not keep it", None: "keeping: not stated"},
}
_OWN = {
    "zh": {
        "responder": "{provider}自己：演示应答程序（不是人工智能模型），在本服务内运行。",
        "smollm": "{provider}自己：SmolLM2-135M 模型，在本服务内运行。",
    },
    "en": {
        "responder": "{provider} itself: the demo responder (not an AI model), which runs inside "
        "this service.",
        "smollm": "{provider} itself: the model SmolLM2-135M, which runs inside this service.",
    },
}
_TRAINS = {
    "zh": {False: "不用于训练", None: "是否用于训练未写明"},
    "en": {False: "does not train on it", None: "training: not stated"},
}
#: Labelling Measures, Art. 9: the duty that comes with a copy without the explicit label.
_UNLABELLED = {
    "zh": "你可以要求得到不加显式标识的图片、声音或视频。从得到它的那一刻起，"
    "由你负责标识并对使用负责：传播之前，须按同一办法加上标识；其中看不见的标识不会去掉，也不得去掉。"
    "我们依照第九条记下把它给了谁，到期删除。",
    "en": "You can ask for a picture, sound or clip without the visible label. From the moment "
    "you get it, labelling it and how it is used are your responsibility: before you pass it on, "
    "you have to label it as these Measures ask. The hidden label stays in it and must not be "
    "removed. As Art. 9 asks, we keep a record of whom it was given to, and delete it when due.",
}
_LINE = {
    "zh": "{operator}（{country}）：用途：{purpose}；依据：{contract}；{keeps}；{trains}。",
    "en": "{operator} ({country}), for: {purpose}; under: {contract}; {keeps}; {trains}.",
}


def default_text(settings: Settings) -> tuple[str, str]:
    """The agreement in Chinese and in English.

    The first line is the title. Paragraphs are parted by an empty line; the first line of each
    is its heading, and lines that begin with ``- `` are a list.

    Args:
        settings: the service's settings; its upstreams are the recipients named.

    Raises:
        PeopleError: ``recipient_trains``, when a recipient trains on what people write: the text
            promises that nobody does without a yes.
    """
    for upstream in settings.upstream:
        if upstream.recipient.trains:
            raise _trains(upstream.name)
    return _render(settings, "zh"), _render(settings, "en")


def _render(settings: Settings, language: _Language) -> str:
    template = files("hegui.people").joinpath("texts", f"agreement.{language}.txt")
    # Two upstreams of one recipient are one recipient.
    recipients = dict.fromkeys(
        _recipient(upstream, settings.provider.name, language) for upstream in settings.upstream
    )
    return template.read_text(encoding="utf-8").format(
        service=settings.service.name,
        public=settings.service.public,
        provider=settings.provider.name,
        contact=settings.provider.contact,
        label=settings.labels.text,
        unlabelled="\n" + _UNLABELLED[language] if settings.labels.unlabelled else "",
        passed_days=settings.retention.passed_days,
        stopped_days=settings.retention.stopped_days,
        recipients="\n".join(f"- {each}" for each in recipients),
    )


def _recipient(upstream: Upstream, provider: str, language: _Language) -> str:
    if upstream.kind != "openai":
        return _OWN[language][upstream.kind].format(provider=provider)
    told: Recipient = upstream.recipient
    unsaid = _UNSAID[language]
    return _LINE[language].format(
        operator=told.operator or f"{upstream.name} ({unsaid})",
        country=told.country or unsaid,
        purpose=told.purpose or unsaid,
        contract=told.contract or unsaid,
        keeps=_KEEPS[language][told.keeps],
        trains=_TRAINS[language][told.trains],
    )


def _trains(name: str) -> PeopleError:
    return PeopleError(
        "recipient_trains",
        zh=f"接收方 {name} 会用人们写的内容训练模型，而默认协议承诺未经同意不训练。"
        "请与对方约定不训练，或发布你们自己的协议。",
        en=f"The recipient {name} trains on what people write, while the default agreement "
        "promises that nobody does without a yes. Agree with it not to, or publish an agreement "
        "of your own.",
    )
