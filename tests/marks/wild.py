"""Labels as services have really written them, kind by kind, with ids of our own.

Each kind: the file or value, the verdict it deserves, and the codes of its findings.
"""

from typing import NamedTuple

CODE = "001191110102MAD55U9H0F10002"
PROPAGATES = "001191110102MAD55U9H0F20002"
ONE = "6f0c2a1e-0000-4000-8000-000000000001"
TWO = "6f0c2a1e-0000-4000-8000-000000000002"
SAFE = "7a1d3b2f-0000-4000-8000-000000000003"

#: The seven fields in Annex E's order.
FIELDS = {
    "Label": "1",
    "ContentProducer": CODE,
    "ProduceID": ONE,
    "ReservedCode1": SAFE,
    "ContentPropagator": CODE,
    "PropagateID": ONE,
    "ReservedCode2": SAFE,
}


class Kind(NamedTuple):
    """One kind of file: its text, its verdict, its findings' codes."""

    text: str
    verdict: str
    about: frozenset[str]


def lines(indent: int = 2, quote: str = "'", **changed: str | None) -> str:
    """A block mapping; None leaves a field out, a space before a value leaves it unquoted."""
    fields = {**FIELDS, **changed}
    told = (
        f"{' ' * indent}{name}: {value.strip() if value.startswith(' ') else quote + value + quote}"
        for name, value in fields.items()
        if value is not None
    )
    return "AIGC:\n" + "\n".join(told) + "\n"


def file(front: str, body: str = "# Title\n\nSome text.\n") -> str:
    """A Markdown file."""
    return f"---\n{front}---\n\n{body}"


def _kind(text: str, *about: str, verdict: str = "nonconforming") -> Kind:
    return Kind(text, verdict, frozenset(about))


def _good(text: str, *about: str) -> Kind:
    return _kind(text, *about, verdict="conforming")


_ALPHABETICAL = dict(sorted(FIELDS.items()))
_SORTED = "AIGC:\n" + "".join(f"  {name}: '{value}'\n" for name, value in _ALPHABETICAL.items())
_JSON = (
    '{"Label":"1","ContentProducer":"001191110102MAD55U9H0F00000","ProduceID":"a1","ReservedCode1":"",'
    '"ContentPropagator":"001191110102MAD55U9H0F00000","PropagateID":"a1","ReservedCode2":""}'
)
_MISSPELT = (
    '{"Label": "1", "ContentProducer": "001191110102MAD55U9H0F1abc", "ProduceID": "a2", '
    '"ReserveCode1": "house", "ContentPropagator": "house", "PropagateID": "house", '
    '"ReserveCode2": "house"}'
)
_COMMAS = 'AIGC:\n  Label: "1",\n' + "".join(
    f'  "{name}":   "{value}",\n' for name, value in FIELDS.items() if name != "Label"
)
_OTHER_FRONT = "title: Command\nparent: Module  # a remark\ntags:\n  - one\n  - AIGC\n"

#: Markdown files.
FILES: dict[str, Kind] = {
    "standard order": _good(file(lines())),
    "alphabetical order": _good(file(_SORTED)),
    "double quotes, four columns": _good(file(lines(4, '"'))),
    "no quotes": _good(file(lines(4, "", Label=' "1"'))),
    "one line of JSON": _good(file(f"AIGC: {_JSON}\n")),
    "after other front matter": _good(file(_OTHER_FRONT + lines())),
    "before other front matter": _good(file(lines() + "feature: cleanup\ncommits:\n")),
    "before another front matter": _good(
        file(lines()).rstrip("\n") + "\n---\ntitle: x\n---\n\nText.\n"
    ),
    "lines that end in CR LF": _good(file(lines()).replace("\n", "\r\n")),
    "a byte order mark": _good("\ufeff" + file(lines())),
    "ids with a path": _good(
        file(
            lines(4, "", Label=' "1"', ProduceID="33_0/project_7-files/a/b.md", PropagateID="33#17")
        )
    ),
    "empty reserved codes": _good(file(lines(ReservedCode1="", ReservedCode2=""))),
    "propagator's own code": _good(file(lines(ContentPropagator=PROPAGATES, PropagateID=TWO))),
    "propagator's number empty": _good(
        file(lines(PropagateID="", ReservedCode2="")), "propagator-empty"
    ),
    "a name with a space": _good(file(lines(ContentProducer="House Agent AI")), "charset"),
    "a Chinese name": _good(file(lines(ContentProducer="某公司")), "charset"),
    "a leaked object": _good(
        file(lines(ProduceID="ExportRequest(files=[ExportFile(docType=1)])")), "value-leaked"
    ),
    "a leaked object with spaces": _good(
        file(lines(ProduceID="Export(files=[F(a=1, b=3)])")), "value-leaked", "charset"
    ),
    "a leaked address": _good(file(lines(ProduceID="com.example.Task@1b6d3586")), "value-leaked"),
    "service type 0 with a code": _good(
        file(lines(ContentProducer="001191440101MA9Y9T4H7A00001")), "code-service"
    ),
    "a label of a remark": _good(file("# AIGC: none\n" + lines())),
    "a word for Label": _kind(file(lines(Label=" AIGC")), "label-value"),
    "an enum's name for Label": _kind(
        file(lines(Label="AIGCLabelType.AI_GENERATED")), "label-value"
    ),
    "an integer for Label": _kind(file(lines(Label=" 1")), "type"),
    "a number for a code": _kind(
        file(lines(ContentProducer=" 001191320114777023172010000")), "type"
    ),
    "an empty field": _kind(file(lines(ReservedCode1=" ")), "type"),
    "ReservedCode2 left out": _kind(file(lines(ReservedCode2=None)), "field-missing"),
    "misspelt, with a code of 26": _kind(
        file(f"AIGC: {_MISSPELT}\n"), "field-unknown", "code-length"
    ),
    "Propagator and PropatorID": _kind(
        file(lines(ContentPropagator=None, PropagateID=None, Propagator=CODE, PropatorID=TWO)),
        "field-unknown",
    ),
    "fields of its own": _kind(
        file(lines(Timestamp="2026-01-01T00:00:00Z", ProcessingTypes=' ["ocr", "llm"]')),
        "field-unknown",
    ),
    "a code of 20": _kind(file(lines(ContentProducer="1191110102MACQD9K640")), "code-length"),
    "a made-up number": _kind(file(lines(ContentProducer="000123")), "code-length"),
    "a wrong check digit": _kind(
        file(lines(ContentProducer="001191110102MAD55U9H0G10002")), "code-check-digit"
    ),
    "producer empty": _kind(file(lines(ContentProducer="")), "producer-empty"),
    "number empty": _kind(file(lines(ProduceID="")), "produce-id-empty"),
    "suspected by a platform": _good(
        file(lines(Label="3", ContentProducer="", ProduceID="")),
        "producer-empty",
        "produce-id-empty",
    ),
    "another schema": _kind(
        file("AIGC:\n  ServiceProvider: 'house'\n  ContentID: 'a3'\n  Time: '2026'\n"),
        "field-unknown",
        "field-missing",
    ),
    "commas at the ends of lines": _kind(file(_COMMAS), "value-malformed"),
    "fields that are not indented": _kind(file(lines(0) + "title: x\n"), "value-malformed"),
    "columns made of tabs": _kind(file(lines().replace("  ", "\t")), "value-malformed"),
    "a list of fields": _kind(file(lines().replace("  ", "  - ")), "value-malformed"),
    "a field twice": _kind(file(lines() + "  ProduceID: 'b'\n"), "field-twice"),
    "a flag": _kind(file("AIGC: true\n"), "value-malformed"),
    "two labels": _kind(file(lines()).rstrip("\n") + "\n" + file(lines()), "two-labels"),
    "two labels, one after the other": _kind(f"---\n{lines()}---\n{file(lines())}", "two-labels"),
    "two labels, one at the bottom": _kind(
        file(lines(), "Text.\n\n" + lines(ProduceID=TWO)), "two-labels"
    ),
    "a label, and an example of one": _good(file(lines(), f"Text.\n\n```yaml\n{lines()}```\n")),
    "in a second front matter": _kind("---\ntitle: x\n---\n" + file(lines()), "placement"),
    "under another key": _kind(
        file("meta:\n" + "".join(f"  {line}\n" for line in lines().splitlines())), "placement"
    ),
    "at the bottom": _kind("# Title\n\n- a list\n\n" + lines(4, ""), "placement", "type"),
    "at the top without fences": _kind(lines() + "\n# Title\n\nText.\n", "placement"),
    "in a fenced block": _kind(f"# Title\n\nText.\n\n```yaml\n{lines()}```\n", "placement"),
    "in a fenced front matter": _kind(f"```\n---\n{lines()}---\n```\n\n# Title\n", "placement"),
    "in a comment": _kind(f"\n<!--\n---\n{lines()}---\n-->\n# Title\n\nText.\n", "placement"),
    "in a comment as JSON": _kind(f"# Title\n\n<!-- AIGC: {_JSON} -->\n", "placement"),
    "a whole object at the top": _kind(f'{{\n  "AIGC": {_JSON}\n}}\n\n# Title\n', "placement"),
    "one line at the top": _kind(f'{{"AIGC": {_JSON}}}\n\n# Title\n', "placement"),
    "in a folded section": _kind(
        f"# Title\n\n## 声明\n\n<details>\n<summary>标识</summary>\n\n```yaml\n{lines()}```\n\n"
        "</details>\n",
        "placement",
    ),
    "a front matter that never closes": _kind(f"---\n{lines()}\n# Title\n", "placement"),
    "a sentence": _kind(
        f"# Notes\n\n> *本文由 AIGC 生成，ContentProducer: {CODE}, ContentPropagator: {CODE}，"
        "仅供参考，请读者自行核对原文*\n",
        verdict="unlabelled",
    ),
    "a setting": _kind(
        "# Setup\n\n```yaml\naigc:\n  enabled: true\n  label: x\n```\n", verdict="unlabelled"
    ),
    "an instruction": _kind(
        "# How to\n\n```yaml\nAIGC:\n  Label: '1'\n  ContentProducer: 'value 2'\n"
        "  ProduceID: 'value 3'\n```\n",
        verdict="unlabelled",
    ),
    "an example in the midst": _kind(
        "# How to\n\n" + "A paragraph.\n\n" * 20 + f"```yaml\n{lines()}```\n\n" + "More.\n\n" * 20,
        verdict="unlabelled",
    ),
}

#: Values as they stand in a carrier of text, such as XMP, with what is to be said of each.
VALUES: dict[str, tuple[str, frozenset[str]]] = {
    "bare": (_JSON, frozenset()),
    "wrapped": (f'{{"AIGC": {_JSON}}}', frozenset({"wrapped"})),
    "encoded twice": ('"' + _JSON.replace('"', '\\"') + '"', frozenset({"encoded-twice"})),
    "escaped without quotes": (_JSON.replace('"', '\\"'), frozenset({"encoded-twice"})),
    "escaped as XML twice": (_JSON.replace('"', "&quot;"), frozenset({"encoded-twice"})),
    "wrapped text": (
        '{"AIGC": "' + _JSON.replace('"', '\\"') + '"}',
        frozenset({"wrapped", "encoded-twice"}),
    ),
    "a prefix": (f"AIGC={_JSON}", frozenset({"prefix"})),
    "a prefix with a space": (f"AIGC: {_JSON}", frozenset({"prefix"})),
    "another wrapper": (f'{{"TC260": {_JSON}}}', frozenset({"field-unknown"})),
    "an array": (f"[{_JSON}]", frozenset({"value-malformed"})),
    "a missing quotation mark": (
        _JSON.replace('"ReservedCode2":""', '"ReservedCode2: "x"'),
        frozenset({"value-malformed"}),
    ),
    "a key with colon and space": (
        _JSON.replace('"ReservedCode2"', '"ReservedCode2: "'),
        frozenset({"field-unknown"}),
    ),
    "a wrapper that lacks a quotation mark": (
        f'{{"AIGC:{_JSON}}}',
        frozenset({"value-malformed"}),
    ),
    "single quotes": (_JSON.replace('"', "'"), frozenset({"value-malformed"})),
    "a comma too many": (_JSON.replace("}", ",}"), frozenset({"value-malformed"})),
    "cut off": (_JSON[:-2], frozenset({"value-malformed"})),
    "with a NUL after it": (_JSON + "\0", frozenset()),
    "null": (_JSON.replace('""', "null", 1), frozenset({"type"})),
    "nothing": ("", frozenset({"value-malformed"})),
    "words": ("AI generated", frozenset({"value-malformed"})),
    "an empty object": ("{}", frozenset({"value-malformed"})),
    "a fmt that failed": (
        _JSON.replace('"PropagateID":"a1"', '"PropagateID":"%!s(MISSING)"'),
        frozenset({"value-leaked"}),
    ),
}
