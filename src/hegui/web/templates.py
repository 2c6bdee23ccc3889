"""The templates of one app, as every app of the house fills them."""

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined


def environment(package: str, **shared: Any) -> Environment:
    """Jinja over a package's ``templates``: escaped, strict, with values every page has."""
    env = Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(shared)
    return env
