"""The room's one error."""

from hegui.errors import HeguiError


class CasesError(HeguiError):
    """A case can't be filed, read, moved or decided as asked.

    Attributes:
        field: which field of a form is at fault; empty when it is none.
    """

    def __init__(self, code: str, *, zh: str, en: str, field: str = "") -> None:
        super().__init__(code, zh=zh, en=en)
        self.field = field


def case_unknown() -> CasesError:
    """The one answer to a number that does not exist and to a secret that is wrong."""
    return CasesError(
        "case_unknown",
        zh="没有找到与该编号和查询码相符的事项。请核对回执上的编号和查询码。",
        en="No case fits this number and secret. Check both against the receipt.",
    )


def case_missing() -> CasesError:
    """The error for an id that no case has."""
    return CasesError(
        "case_missing",
        zh="没有这个事项。请回到列表重新打开。",
        en="There is no such case. Open it from the list again.",
    )


def case_not_assignee() -> CasesError:
    """The error for a member of staff who acts on what another works on."""
    return CasesError(
        "case_not_assignee",
        zh="这个事项由另一位工作人员办理；什么都没有改变。请先由其退回，再由您接手。",
        en="Another member of staff has this case, so nothing changed. Take it up after they give "
        "it back.",
    )


def case_exists(number: str) -> CasesError:
    """The error for a second case about the same act."""
    return CasesError(
        "case_exists",
        zh=f"此事已经立案（编号 {number}），没有再次登记。请用原回执上的编号和查询码查看进展。",
        en=f"There is a case about this already ({number}), so nothing was filed again. "
        "Use the number and secret of the first receipt to see how it stands.",
    )
