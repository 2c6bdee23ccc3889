"""What holds for the words and templates of every app: complete, paired, and nothing bare."""

import re
import string
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

from hegui.web.language import Catalogues

#: Attributes that a reader sees or hears.
SPOKEN = ("alt", "title", "aria-label", "placeholder", "data-alt", "data-unnamed", "data-label")
#: Names of quantiles are the same in every language.
NAMES = r"\bp\d\d\b"
#: Elements whose text is verbatim.
VERBATIM = ("code", "pre", "kbd")
MOST_LINES = 200


def templates(package: str) -> list[Path]:
    """The templates of an app."""
    return sorted((Path(str(files(package))) / "templates").glob("*.html"))


def blanks(sentence: str) -> set[str | None]:
    """The blanks that a sentence has."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def assert_paired(catalogues: Catalogues) -> None:
    """Both languages have the same keys and fill the same blanks."""
    zh, en = catalogues.words["zh"], catalogues.words["en"]
    assert zh.keys() == en.keys()
    for key, sentence in zh.items():
        assert blanks(sentence) == blanks(en[key]), key


def assert_calm(catalogues: Catalogues) -> None:
    """No sentence is empty, shouts, or claims compliance."""
    for words in catalogues.words.values():
        for key, sentence in words.items():
            assert sentence.strip(), key
            # What stands between two words of a list has its spaces.
            assert sentence.strip() == sentence or not re.search(r"\w", sentence), key
            assert not re.search(r"[!！]|compliant|合规的", sentence), key


class _Bare(HTMLParser):
    """Gathers what a template says by itself; a command or an address is of no language."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._verbatim = 0

    def handle_data(self, data: str) -> None:
        if not self._verbatim:
            self.said.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VERBATIM:  # its label names the format or the program
            self._verbatim += 1
            return
        self.said += [value for name, value in attrs if name in SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        self._verbatim -= tag in VERBATIM


def bare_text(template: Path) -> list[str]:
    """The words that stand in a template itself."""
    source = template.read_text(encoding="utf-8")
    # Expressions, statements and comments go first.
    plain = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", "", source, flags=re.DOTALL)
    bare = _Bare()
    bare.feed(plain)
    # A path is an address, and a figure is of no language either.
    texts = [re.sub(rf"(?:^|\s)/[\w/….-]+|{NAMES}", "", said) for said in bare.said]
    return [said for said in texts if re.search(r"[^\W\d_]", said)]


def assert_known_and_short(template: Path, catalogues: Catalogues) -> None:
    """A template names only keys that exist, and stays short."""
    source = template.read_text(encoding="utf-8")
    for key in re.findall(r"""\bt\(["']([\w.]+)["'][,)]""", source):
        assert key in catalogues.words["zh"], key
    assert len(source.splitlines()) <= MOST_LINES
