"""``hegui ledger proof`` and ``hegui ledger verify --proof``: proof files, made and checked."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hegui.cli.errors import CliError
from hegui.cli.group import Groups, command
from hegui.cli.opened import home_of, log_reader
from hegui.cli.output import Output, moment

if TYPE_CHECKING:
    from hegui.store.log import LogReader


def add(groups: Groups, common: argparse.ArgumentParser) -> None:
    """Adds the command ``proof`` to the group ``ledger``."""
    proof = command(groups, common, "proof", _proof, "条目的证明 proofs of entries")
    proof.add_argument("entry", help="行为编号或条目序号 an act's id, or an entry's index")
    proof.add_argument(
        "--out",
        metavar="DIR",
        help="每个条目写一个文件，--json 时每行一个对象 a file for each entry; "
        "with --json an object a line",
    )


def verify_file(options: argparse.Namespace, output: Output) -> bool:
    """Checks the proof file ``--proof`` with the key ``--vkey``, without settings or database.

    Returns:
        Whether the file does not prove its entry.

    Raises:
        CliError: ``proof_options`` or ``proof_unreadable``.
        LedgerError: ``note_key_malformed`` or ``note_key_name_invalid`` for the key itself.
    """
    from hegui.ledger import InclusionProof, LedgerError, Verifier
    from hegui.ledger.entry import decode

    if not (options.proof and options.vkey):
        raise CliError(
            "proof_options",
            zh="--proof 和 --vkey 须一起给出；公钥见门户的 /ledger/vkey，"
            "或用 hegui ledger checkpoint。",
            en="Give --proof and --vkey together; the key is at /ledger/vkey on the portal, or "
            "see hegui ledger checkpoint.",
        )
    verifier = Verifier(options.vkey.strip())
    try:
        proof = InclusionProof.parse(_content(options.proof))
        checkpoint = proof.verify(proof.extra, verifier)
        entry = decode(proof.extra)
    except LedgerError as error:
        told = {"code": error.code, "zh": error.zh, "en": error.en}
        output.result(
            {"ok": False, "problem": told},
            f"证明不成立 the proof does NOT hold\n{error.code}: {error.zh} / {error.en}",
        )
        return True
    kind = str(entry.__struct_config__.tag)
    document = {
        "ok": True,
        "kind": kind,
        "act": entry.act,
        "at": moment(entry.at),
        "index": proof.index,
        "checkpoint": {"origin": checkpoint.origin, "size": checkpoint.size},
    }
    output.result(
        document,
        f"证明成立 the proof holds: {kind}, {document['at']}\n"
        f"条目序号 index: {proof.index}; 检查点条数 checkpoint size: {checkpoint.size} "
        f"({checkpoint.origin})",
    )
    return False


def _content(name: str) -> bytes:
    from hegui.ledger.proof import MAX_PROOF_BYTES

    try:
        with Path(name).open("rb") as file:
            # One byte more than any proof has, so that a longer file is refused and not cut.
            return file.read(MAX_PROOF_BYTES + 1)
    except OSError as error:
        raise CliError(
            "proof_unreadable",
            zh=f"无法读取证明文件 {name}（{error.strerror}）。请检查文件名。",
            en=f"The proof file {name} can't be read ({error.strerror}). Check the file's name.",
        ) from error


def _proof(options: argparse.Namespace, output: Output) -> bool:
    with log_reader(options, home_of()) as log:
        entries = _entries(log, options.entry)
        if options.out is None and len(entries) > 1:
            indexes = ", ".join(str(index) for index, _ in entries)
            raise CliError(
                "proof_several",
                zh=f"{options.entry} 有 {len(entries)} 个条目，每个条目一个证明文件。"
                f"请用 --out 指定文件夹，或给出一个条目序号：{indexes}。",
                en=f"{options.entry} has {len(entries)} entries, and a proof file holds one. "
                f"Name a folder with --out, or give one index: {indexes}.",
            )
        found = [_proved(log, index, body) for index, body in entries]
    if options.out is None:
        (only,) = found
        output.verbatim(only, only["proof"])
        return False
    for one in found:
        file = _written(Path(options.out), one)
        output.result({"index": one["index"], "file": str(file)}, str(file))
    return False


def _entries(log: "LogReader", wanted: str) -> list[tuple[int, bytes]]:
    """The entries that an act's id or an index names, each with its place.

    Raises:
        CliError: ``entry_not_found`` or ``entry_pending``.
    """
    # An act's id has 32 hex digits, which no index of a real log has.
    if len(wanted) < 20 and wanted.isascii() and wanted.isdigit():
        body = log.body(int(wanted))
        found = [] if body is None else [(int(wanted), body)]
    else:
        entries = log.by_act(wanted)
        found = [(index, body) for index, body in entries if index is not None]
        if entries and not found:
            raise CliError(
                "entry_pending",
                zh=f"{wanted} 的条目已提交但尚未定序，还没有证明。服务运行时请一秒后再试。",
                en=f"The entries of {wanted} are committed but have no place yet, so no proof. "
                "With the service running, try again in a second.",
            )
    if not found:
        raise CliError(
            "entry_not_found",
            zh=f"账本中没有 {wanted}。请核对行为编号（32 位十六进制）或条目序号。",
            en=f"The ledger has no {wanted}. Check the act's id (32 hex digits) or the index.",
        )
    return found


def _proved(log: "LogReader", index: int, body: bytes) -> dict[str, Any]:
    """An entry with its proof; the body rides in the proof's extra line, so one file is enough."""
    return {"index": index, "body": body.decode(), "proof": log.proof_file(index, body)}


def _written(folder: Path, one: dict[str, Any]) -> Path:
    """The file of one proof; an older one of the same entry is replaced."""
    file = folder / f"entry-{one['index']}.tlog-proof"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(one["proof"], encoding="utf-8", newline="")
    except OSError as error:
        raise CliError(
            "proof_unwritable",
            zh=f"无法写入 {file}（{error.strerror}）。请用 --out 指定可写的文件夹。",
            en=f"{file} can't be written ({error.strerror}). Name a folder that can be written.",
        ) from error
    return file
