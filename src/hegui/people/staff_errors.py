"""What can be wrong with a member of staff, and what to do."""

from hegui.people.errors import PeopleError


def name_malformed(longest: int) -> PeopleError:
    """The error for a name that can't be one."""
    return PeopleError(
        "staff_name_malformed",
        zh=f"姓名或代号须为 1 至 {longest} 个可显示的字符。请换一个。",
        en=f"A name has 1 to {longest} printable characters. Choose another.",
    )


def name_taken() -> PeopleError:
    """The error for a name that somebody has."""
    return PeopleError(
        "staff_name_taken",
        zh="已有人员使用这个名称（包括已停用的）。请换一个名称。",
        en="A member of staff has this name already, perhaps a disabled one. Choose another.",
    )


def role_unknown(known: tuple[str, ...]) -> PeopleError:
    """The error for a role that does not exist."""
    listed = ", ".join(known)
    return PeopleError(
        "role_unknown",
        zh=f"没有这个角色。可用的角色：{listed}。",
        en=f"There is no such role. Roles: {listed}.",
    )


def staff_unknown() -> PeopleError:
    """The error for an id or a name that is nobody's, or of one who is disabled."""
    return PeopleError(
        "staff_unknown",
        zh="没有这位人员，或已停用。用 hegui staff list 查看全部人员。",
        en="There is no such member of staff, or they are disabled. "
        "See all with: hegui staff list.",
    )


def last_owner() -> PeopleError:
    """The error for taking away the last owner."""
    return PeopleError(
        "last_owner",
        zh="这是最后一位所有者，没有更改：否则无人能管理人员。请先让另一人成为所有者。",
        en="This is the last owner, so nothing was changed: nobody could manage staff any more. "
        "Make somebody else an owner first.",
    )


def sign_in_failed() -> PeopleError:
    """The error for a wrong name or passphrase; it does not say which."""
    return PeopleError(
        "staff_sign_in_failed",
        zh="名称或口令不对。请核对后再试；忘记口令时，请所有者给您一个新的登录链接。",
        en="The name or the passphrase is not right. Check both and try again; if you forgot "
        "your passphrase, ask an owner for a new sign-in link.",
    )


def passphrase_wrong() -> PeopleError:
    """The error for a current passphrase that is not the current one."""
    return PeopleError(
        "passphrase_wrong",
        zh="当前口令不对，口令没有更改。请重新填写。",
        en="The current passphrase is not right; it was not changed. Type it again.",
    )


def link_used() -> PeopleError:
    """The error for a link that does not sign anybody in."""
    return PeopleError(
        "link_used",
        zh="这个登录链接已用过、已过期或已被新的取代。请用口令登录，或请所有者给您一个新链接。",
        en="This sign-in link was used, has run out or was replaced. Sign in with your "
        "passphrase, or ask an owner for a new link.",
    )
