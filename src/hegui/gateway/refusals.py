"""What the gateway refuses, and how it says so."""

from collections.abc import Sequence
from typing import Any

from hegui.gateway.errors import GatewayError, UpstreamError
from hegui.screen import Screen


def key_missing() -> GatewayError:
    """No application key came with the request."""
    return GatewayError(
        "key_missing",
        status=401,
        zh="请求没有应用密钥。请在 Authorization 头中传入 Bearer 密钥。",
        en="The request has no application key. Send it as Authorization: Bearer KEY.",
    )


def header_unreadable(name: str) -> GatewayError:
    """A header that is not UTF-8."""
    return GatewayError(
        "header_unreadable",
        status=400,
        zh=f"请求头 {name} 不是有效的 UTF-8,请改正后重发。",
        en=f"The header {name} is not valid UTF-8; correct it and send the request again.",
    )


def header_repeated(name: str) -> GatewayError:
    """A header that says who asks came twice."""
    return GatewayError(
        "header_repeated",
        status=400,
        zh=f"请求头 {name} 出现了两次，无法判断以哪个为准；请只传一次。",
        en=f"The header {name} came twice, so nobody knows which one counts; send it once.",
    )


def not_found() -> GatewayError:
    """A path that does not exist; nothing is ever proxied unscreened."""
    return GatewayError(
        "not_found",
        status=404,
        zh="没有这个接口。现有：POST /v1/chat/completions、/v1/images/generations、"
        "/v1/images/edits、/v1/audio/speech、/v1/videos，GET /v1/videos/编号、"
        "/v1/videos/编号/content、/v1/models。",
        en="There is no such endpoint. There are POST /v1/chat/completions, "
        "/v1/images/generations, /v1/images/edits, /v1/audio/speech and /v1/videos, and GET "
        "/v1/videos/ID, /v1/videos/ID/content and /v1/models.",
    )


def model_unknown(model: str, known: Sequence[str]) -> GatewayError:
    """A model that no upstream serves."""
    name = model if len(model) <= 64 else model[:64] + "…"
    return GatewayError(
        "model_not_found",
        status=404,
        zh=f"没有名为 {name} 的模型；可用：{'、'.join(known)}。",
        en=f"There is no model named {name}; there are: {', '.join(known)}.",
        param="model",
    )


def busy() -> GatewayError:
    """More requests at once than the settings allow."""
    return GatewayError(
        "busy",
        status=503,
        zh="此刻请求过多，请稍后重试。请求未送给模型。",
        en="Too many requests at this moment; try again shortly. Nothing reached the model.",
        retry_after=1,
    )


def body_too_large(most: int) -> GatewayError:
    """A body past the limit."""
    return GatewayError(
        "body_too_large",
        status=413,
        zh=f"请求体超过 {most} 字节的上限，请缩短后重发。",
        en=f"The body is larger than {most} bytes; shorten it and send it again.",
    )


def body_slow() -> GatewayError:
    """A body that did not arrive in time."""
    return GatewayError(
        "body_slow",
        status=408,
        zh="请求体没有在时限内到齐，请检查网络后重发。",
        en="The body did not arrive in time; check the network and send it again.",
    )


def unrecorded() -> GatewayError:
    """The record can't be written, so nothing is generated."""
    return GatewayError(
        "record_unavailable",
        status=503,
        zh="记录此刻无法写入，因此不生成内容。请稍后重试；运维人员请检查数据库。",
        en="The record can't be written at this moment, so nothing is generated. Try again "
        "shortly; the operator should check the database.",
        retry_after=5,
    )


def stopping() -> GatewayError:
    """The service is being stopped."""
    return GatewayError(
        "service_stopping",
        status=503,
        zh="服务正在停止，本次生成已中止；已收到的部分有效并已记录，请稍后重试。",
        en="The service is stopping and ended this generation; what arrived is valid and "
        "recorded. Try again shortly.",
        retry_after=10,
    )


def too_long(generation: str) -> GatewayError:
    """A generation past its time."""
    return GatewayError(
        "generation_too_long",
        status=504,
        zh="生成超过了时限，已停止；已收到的部分有效并已记录。",
        en="The generation took longer than allowed and was ended; what arrived is valid and "
        "recorded.",
        extra={"generation": generation},
    )


def raw_not_declared() -> GatewayError:
    """``Hegui-Output: raw`` without a declared interface."""
    return GatewayError(
        "raw_not_declared",
        status=400,
        zh="此应用没有声明由界面显示 AI 标识，不能请求不含文字标识的输出。"
        "请先用 hegui apps add --interface 声明。",
        en="This application does not declare an interface that shows the AI label, so it can't "
        "ask for output without the text label. Declare it with hegui apps add --interface.",
    )


def content(told: dict[str, Any]) -> GatewayError:
    """A stop before anything was sent."""
    return GatewayError(
        "content_filter", status=400, zh=str(told["zh"]), en=str(told["en"]), extra=told
    )


def told(
    generation: str, decision: str, side: str, *, category: str, pack: str, appeal: str
) -> dict[str, Any]:
    """What a reader is told of a stop; never the word itself."""
    what_zh = "您发送的内容" if side == "input" else "模型的回答"
    what_en = "what you sent" if side == "input" else "the model's answer"
    return {
        "generation": generation,
        "decision": decision,
        "side": side,
        "category": category,
        "pack": pack,
        "automated": True,
        "appeal": appeal,
        "zh": f"{what_zh}命中词表“{pack}”的类别“{category}”，已由程序自动停止；"
        f"除此之外没有其他后果。理由与人工申诉：{appeal}",
        "en": f"This was stopped automatically: {what_en} matches the category “{category}” of "
        f"the word pack “{pack}”. Nothing else follows from it. Reasons, and an appeal to a "
        f"person: {appeal}",
    }


def of_upstream(error: UpstreamError, screen: Screen, generation: str) -> GatewayError:
    """An upstream's failure as the application sees it; the server's words only if they pass."""
    extra = {"generation": generation}
    if error.detail and screen.first_stop(error.detail) is None:
        extra["upstream"] = error.detail
    return GatewayError(
        error.code,
        status=error.status,
        zh=error.zh,
        en=error.en,
        retry_after=error.retry_after,
        extra=extra,
    )
