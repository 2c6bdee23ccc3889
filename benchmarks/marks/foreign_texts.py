"""What other parsers read in SVG, HTML, JSON and Markdown, before and after."""

import html.parser
import json
import re
from pathlib import Path
from typing import Any

from benchmarks.marks.proof import Proof, put_in, xml

_TC260 = "http://www.tc260.org.cn/ns/AIGC/1.0/"


def proofs() -> dict[str, Proof]:
    """By format."""
    piece = "one piece put in, all else byte for byte"
    return {
        "svg": Proof(
            f"lxml: the drawing; {piece}", "lxml", "lxml",
            _drawing_differs, _lxml_faults, _xmp_labels,
        ),
        "html": Proof(
            f"html.parser: all events; {piece}", "html.parser", "html.parser",
            _events_differ, _html_faults, _html_labels,
        ),
        "json": Proof(
            f"json: all members; {piece}", "json", "json",
            _members_differ, _json_faults, _json_labels,
        ),
        "markdown": Proof(piece, "PyYAML", "PyYAML", _text_differs, _yaml_faults, _yaml_labels),
    }  # fmt: skip


def _text_differs(before: Path, after: Path) -> list[str]:
    piece = put_in(before.read_bytes(), after.read_bytes())
    return [] if piece and "AIGC" in piece else ["more than one piece changed"]


def _drawing_differs(before: Path, after: Path) -> list[str]:
    same = _drawn(before) == _drawn(after)
    return _text_differs(before, after) + ([] if same else ["the drawing differs"])


def _drawn(path: Path) -> list[tuple[str, Any, Any]]:
    """Elements outside of metadata; spaces around a metadata element count as nothing."""
    found = []
    tree = xml(path.read_bytes())
    for hidden in [e for e in tree.iter() if str(e.tag).endswith("}metadata")]:
        hidden.clear(keep_tail=True)
    for element in tree.iter():
        if not str(element.tag).endswith("}metadata"):
            text = (element.text or "").strip()
            found.append((str(element.tag), sorted(element.attrib.items()), text))
    return found


def _lxml_faults(path: Path) -> list[str]:
    xml(path.read_bytes())
    return []


def _html_faults(path: Path) -> list[str]:
    _events(path)
    return []


def _xmp_labels(path: Path) -> list[str]:
    return [e.text for e in xml(path.read_bytes()).iter(f"{{{_TC260}}}AIGC")]


class _Events(html.parser.HTMLParser):
    """Everything the parser tells of; labels apart."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[Any] = []
        self.labels: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "meta" and told.get("name") == "AIGC":
            self.labels.append(told.get("content") or "")
        else:
            self.events.append((tag, attrs))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.events.append(("end", tag))

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.events.append(("data", data.strip()))


def _events(path: Path) -> _Events:
    parser = _Events()
    parser.feed(path.read_text(encoding="utf-8", errors="replace"))
    parser.close()
    return parser


def _events_differ(before: Path, after: Path) -> list[str]:
    same = _events(before).events == _events(after).events
    return _text_differs(before, after) + ([] if same else ["the page differs"])


def _html_labels(path: Path) -> list[str]:
    return _events(path).labels


def _json_faults(path: Path) -> list[str]:
    json.loads(path.read_bytes())
    return []


def _members_differ(before: Path, after: Path) -> list[str]:
    old, new = json.loads(before.read_bytes()), json.loads(after.read_bytes())
    new.pop("AIGC")
    return _text_differs(before, after) + ([] if old == new else ["the members differ"])


def _json_labels(path: Path) -> list[str]:
    return [json.dumps(json.loads(path.read_bytes())["AIGC"])]


def _front(path: Path) -> Any:
    import yaml

    found = re.match(
        r"\ufeff?---\r?\n(.*?)^---\s*$", path.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    return yaml.safe_load(found[1]) if found else {}


def _yaml_faults(path: Path) -> list[str]:
    return [] if isinstance(_front(path), dict) else ["the front matter is no mapping"]


def _yaml_labels(path: Path) -> list[str]:
    return [json.dumps(_front(path)["AIGC"])]
