"""``hegui law attest|withdraw-attestation``: a person states that a control works."""

import argparse
import mimetypes
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from hegui.cli.errors import CliError
from hegui.cli.group import Groups, command
from hegui.cli.law_status import attestation
from hegui.cli.opened import home_of, opened, settings_of
from hegui.cli.output import Output

if TYPE_CHECKING:
    from hegui.duties.files import File
    from hegui.people.staff import Staff
    from hegui.store import Store


def add(commands: Groups, common: argparse.ArgumentParser) -> None:
    """Adds the commands."""
    sign = command(
        commands, common, "attest", _sign, "签署证明：某项控制措施有效 attest that a control works"
    )
    sign.add_argument("control", help="规则包名/控制措施 PACK/CONTROL")
    sign.add_argument("--statement", required=True, help="说明，10 至 2000 字 what is so")
    sign.add_argument("--true-on", required=True, metavar="DAY", help="属实日期 when it was so")
    sign.add_argument("--expires", required=True, metavar="DAY", help="到期日 the last day")
    sign.add_argument("--file", help="凭证，最大 16 MB what shows it, up to 16 MB")
    sign.add_argument("--as", dest="name", required=True, help="签署人员 which member of staff")
    back = command(
        commands,
        common,
        "withdraw-attestation",
        _withdraw,
        "撤回证明 take an attestation back",
    )
    back.add_argument("id", help="证明编号 the attestation's id")
    back.add_argument("--reason", required=True, help="理由 why")
    back.add_argument("--as", dest="name", help="撤回的人员 which member of staff")


def _sign(options: argparse.Namespace, output: Output) -> bool:
    from hegui.duties import attest

    true_on, expires = _day(options.true_on), _day(options.expires)
    file = _file(Path(options.file)) if options.file else None
    with opened(settings_of(options), home_of()) as store:
        who = _member(store, options.name)
        made = attest.sign(
            store,
            store.world,
            control=options.control,
            statement=options.statement,
            true_on=true_on,
            expires=expires,
            file=file,
            staff=who.id,
            signer=who.name,
        )
    output.result(
        {"control": options.control, **attestation(made)},
        f"已签署 signed: {options.control}, {who.name}, 有效至 to {expires}\n编号 id: {made.id}",
    )
    return False


def _withdraw(options: argparse.Namespace, output: Output) -> bool:
    from hegui.duties import attest

    with opened(settings_of(options), home_of()) as store:
        who = _member(store, options.name).id if options.name else None
        control = attest.withdraw(store, store.world, options.id, reason=options.reason, staff=who)
    output.result(
        {"id": options.id, "control": control, "withdrawn": True},
        f"已撤回 withdrawn: {control}",
    )
    return False


def _member(store: "Store", name: str) -> "Staff":
    """A member of staff who may act.

    Raises:
        PeopleError: ``staff_unknown``, of one who is disabled too.
    """
    from hegui.people.staff import StaffBook
    from hegui.people.staff_errors import staff_unknown

    book = StaffBook(store, store.world)
    found = book.named(name)
    if any(one.id == found.id and one.disabled is not None for one in book.list()):
        raise staff_unknown()
    return found


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CliError(
            "day_malformed",
            zh=f"“{text}”不是日期。请写成 2026-11-22 的样子。",
            en=f"{text!r} is no day. Write it as 2026-11-22.",
        ) from error


def _file(path: Path) -> "File":
    from hegui.duties.files import MOST_BYTES, File

    try:
        with path.open("rb") as opened_file:
            data = opened_file.read(MOST_BYTES + 1)
    except OSError as error:
        raise CliError(
            "file_unreadable",
            zh=f"无法读取文件 {path}（{error.strerror}）。请检查文件名。",
            en=f"The file {path} can't be read ({error.strerror}). Check its name.",
        ) from error
    return File(path.name, mimetypes.guess_type(path.name)[0] or "", data)
