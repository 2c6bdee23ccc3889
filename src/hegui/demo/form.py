"""Forms as a page has them, filled in as a reader fills them.

A simulated person knows only what is on the page: a field, a choice or a button that is no longer
there ends the demonstration with an error that names it.
"""

import msgspec

from hegui.demo.errors import broken


class Field(msgspec.Struct):
    """One field: what it holds, and what it may hold where it offers choices.

    Attributes:
        kind: the input's type, ``textarea``, ``select`` or ``button``.
        value: as the page comes; ``None`` while nothing is chosen.
        choices: the values on offer, in the page's order.
        required: whether the page asks for it.
    """

    kind: str
    value: str | None = None
    choices: list[str] = []
    required: bool = False


class Form(msgspec.Struct):
    """One form.

    Attributes:
        action: where it goes; empty for the page itself.
        method: ``get`` or ``post``.
        id: its id, by which fields outside it belong to it.
        encoding: its content type.
        fields: by name, in the page's order.
        buttons: name and value of each button that sends it.
    """

    action: str
    method: str
    id: str
    encoding: str
    fields: dict[str, Field] = {}
    buttons: list[tuple[str, str]] = []

    def filled(self, given: dict[str, str]) -> dict[str, str]:
        """What a browser sends once ``given`` is typed and chosen.

        Raises:
            DemoError: a field or a choice is not there, or a required one stays empty.
        """
        sent = {name: field.value for name, field in self.fields.items()}
        for name, value in given.items():
            field = self.fields.get(name)
            if field is None:
                if (name, value) in self.buttons:
                    sent[name] = value
                    continue
                raise broken(f"form {self.action}", f"no field {name}; {', '.join(self.fields)}")
            if field.choices and value not in field.choices:
                raise broken(f"form {self.action}", f"no choice {value} in {name}")
            sent[name] = value
        empty = [name for name, field in self.fields.items() if field.required and not sent[name]]
        if empty:
            raise broken(f"form {self.action}", f"an empty field {', '.join(empty)}")
        return {name: value for name, value in sent.items() if value is not None}
