"""``hegui marks``: what a pipeline did to marks, putting a label back, the formats."""

import argparse

import msgspec

from hegui.cli.group import Groups, command, group
from hegui.cli.output import Output, table

_SHAPES = {"kept": "●", "absent": "○", "gained": "◐", "changed": "▲", "lost": "✕"}


def add(groups: Groups, common: argparse.ArgumentParser) -> None:
    """Adds the commands."""
    these = group(groups, "marks", "处理流程中的标识 marks through a pipeline")
    diff = command(
        these, common, "diff", _diff, "比较处理前后的标识 did CDN, optimiser, converter keep them"
    )
    diff.add_argument("files", nargs="+", metavar="FILE", help="处理前、各步处理后 before, after …")
    back = command(
        these, common, "transplant", _transplant, "把丢失的标识写回 put a lost label back"
    )
    back.add_argument("source", metavar="FROM", help="带有标识的原始文件 the file that carries it")
    back.add_argument("target", metavar="TO", help="处理后的文件 the file after the step")
    back.add_argument("-o", "--output", metavar="OUT", help="写到此文件 write here (else in place)")
    command(these, common, "formats", _formats, "支持的格式 the formats that are known")


def _diff(options: argparse.Namespace, output: Output) -> bool:
    from hegui import marks

    steps = marks.diff(*options.files)
    document = {"steps": [msgspec.to_builtins(step) | {"lost": step.lost} for step in steps]}
    lines = []
    for step in steps:
        lines.append(f"{step.before} → {step.after}")
        lines += [f"  {_SHAPES[one.state]} {one.zh}{one.en}" for one in step.changes]
    output.result(document, "\n".join(lines))
    # An XMP packet written anew with its label whole is told, and is no loss.
    return any(set(step.lost) - {"xmp"} for step in steps)


def _transplant(options: argparse.Namespace, output: Output) -> bool:
    from hegui import marks

    marks.transplant(options.source, options.target, to=options.output)
    to = options.output or options.target
    label = marks.read(to).label
    number = "" if label is None else label.produce_id
    output.result(
        {"file": to, "label": msgspec.to_builtins(label)}, f"● {to}\n  已写回 put back: {number}"
    )
    return False


def _formats(_options: argparse.Namespace, output: Output) -> bool:
    from hegui.marks import FORMATS

    rows = {name: (one.media_type, " ".join(one.suffixes)) for name, one in FORMATS.items()}
    document = {
        "formats": [
            {"format": name, "media_type": media_type, "suffixes": suffixes.split()}
            for name, (media_type, suffixes) in rows.items()
        ]
    }
    text = table(("format", "media type", "suffixes"), ((name, *row) for name, row in rows.items()))
    output.result(document, text)
    return False
