"""Where a reader sees or hears that a file is generated: in it, beside it, or at their own wish.

====================  ==========================================================================
``file``              drawn in the picture or clip, or at the sound's start (the default)
``interface``         shown by the application, which has declared how (GB 45438-2025, 5.6)
``unlabelled``        nowhere: the person asked, and the agreement states their duty (Art. 9)
====================  ==========================================================================

The label in the metadata is in every file.
"""

from hegui.gateway import refusals
from hegui.gateway.admission import Admitted
from hegui.gateway.errors import GatewayError
from hegui.gateway.way import Headers, text_of


def label_at(headers: Headers, admitted: Admitted, *, unlabelled: bool) -> str:
    """Where the explicit label of a file stands.

    Args:
        headers: of the request; ``Hegui-Output`` may say ``labelled``, ``raw`` or ``unlabelled``.
        admitted: who asks.
        unlabelled: whether the settings offer copies without the explicit label.

    Raises:
        GatewayError: 400 ``output_unknown``, ``raw_not_declared``, ``unlabelled_not_offered``.
    """
    asked = text_of(headers, b"hegui-output").strip().lower()
    declared = admitted.application.interface
    if asked == "labelled":
        return "file"
    if asked == "raw":
        if not declared:
            raise refusals.raw_not_declared()
        return "interface"
    if asked == "unlabelled":
        if not unlabelled:
            raise _not_offered()
        return "unlabelled"
    if asked:
        raise _unknown()
    return "interface" if admitted.application.label_at == "interface" else "file"


def _unknown() -> GatewayError:
    return GatewayError(
        "output_unknown",
        status=400,
        zh="请求头 Hegui-Output 的值不认识；可用：labelled、raw、unlabelled，或不传。",
        en="The header Hegui-Output says something unknown; use labelled, raw or unlabelled, or "
        "leave it out.",
    )


def _not_offered() -> GatewayError:
    return GatewayError(
        "unlabelled_not_offered",
        status=400,
        zh="本服务不提供无显式标识的文件。提供者可在设置 labels.unlabelled 中开启，"
        "协议须写明使用者的标识义务。",
        en="This service gives no files without the visible label. Its provider can turn that on "
        "in the setting labels.unlabelled; the agreement must then state the user's duty.",
    )
