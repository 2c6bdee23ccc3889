"""HTML to what a reader sees: text, links and forms; templates stay unseen."""

from html.parser import HTMLParser

import msgspec

from hegui.demo.form import Field, Form

_BUTTONS = frozenset({"submit", "image"})
_TICKED = frozenset({"radio", "checkbox"})


class Contents(msgspec.Struct, frozen=True):
    """What is on a page.

    Attributes:
        text: its text, white space as it comes.
        links: addresses and words of its links.
        forms: its forms.
        ids: the first words of each element that has an id.
    """

    text: str
    links: list[tuple[str, str]]
    forms: list[Form]
    ids: dict[str, str]


def read(source: str) -> Contents:
    """Read a page."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    reader.join()
    return Contents("".join(reader.text), reader.links, reader.forms, reader.ids)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.forms: list[Form] = []
        self.ids: dict[str, str] = {}
        self._named = ""
        self._form: Form | None = None
        self._outside: list[tuple[str, str, Field]] = []  # form id, name, field
        self._area: tuple[str, Field, str] | None = None
        self._select: tuple[str, Field, str] | None = None
        self._template = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "template":
            self._template += 1
        if self._template:
            return
        self._named = has.get("id", "") or self._named
        if tag == "form":
            self._form = Form(
                has.get("action", ""),
                has.get("method", "get").lower(),
                has.get("id", ""),
                has.get("enctype", "application/x-www-form-urlencoded"),
                {},
                [],
            )
            self.forms.append(self._form)
        elif tag == "a" and "href" in has:
            self.links.append((has["href"], ""))
        elif tag == "input":
            self._input(has)
        elif tag == "textarea":
            field = Field("textarea", "", [], "required" in has)
            self._area = (has.get("name", ""), field, has.get("form", ""))
        elif tag == "select":
            field = Field("select", None, [], "required" in has)
            self._select = (has.get("name", ""), field, has.get("form", ""))
        elif tag == "option" and self._select is not None:
            field = self._select[1]
            field.choices.append(has.get("value", ""))
            if field.value is None or "selected" in has:
                field.value = has.get("value", "")
        elif tag == "button" and has.get("type", "submit") in _BUTTONS:
            self._button(has)

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self._template = max(0, self._template - 1)
        elif tag == "form":
            self._form = None
        elif tag == "textarea" and self._area is not None:
            name, field, form = self._area
            field.value = (field.value or "").removeprefix("\n")
            self._add(name, field, form)
            self._area = None
        elif tag == "select" and self._select is not None:
            self._add(*self._select)
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._template:
            return
        if self._area is not None:
            self._area[1].value = (self._area[1].value or "") + data
            return
        self.text.append(data)
        if self._named and data.strip():
            self.ids[self._named] = data.strip()
            self._named = ""
        if self.links and self.links[-1][1] == "" and data.strip():
            self.links[-1] = (self.links[-1][0], data.strip())

    def join(self) -> None:
        """Give fields that name their form by id to it."""
        for form_id, name, field in self._outside:
            for form in self.forms:
                if form.id == form_id:
                    form.fields[name] = field

    def _button(self, has: dict[str, str]) -> None:
        if self._form is not None and has.get("name"):
            self._form.buttons.append((has["name"], has.get("value", "")))

    def _input(self, has: dict[str, str]) -> None:
        kind, name = has.get("type", "text").lower(), has.get("name", "")
        if kind in _BUTTONS:
            self._button(has)
            return
        if not name or "disabled" in has:
            return
        form = has.get("form", "")
        if kind not in _TICKED:
            self._add(name, Field(kind, has.get("value", ""), [], "required" in has), form)
            return
        known = self._form.fields.get(name) if self._form is not None else None
        field = known or Field(kind, None, [], "required" in has)
        field.choices.append(has.get("value", "on"))
        if "checked" in has:
            field.value = has.get("value", "on")
        if known is None:
            self._add(name, field, form)

    def _add(self, name: str, field: Field, form: str) -> None:
        if form:
            self._outside.append((form, name, field))
        elif self._form is not None and name:
            self._form.fields[name] = field
