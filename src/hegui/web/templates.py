"""The templates of one app, as every app of the house fills them."""

from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined


def environment(package: str, **shared: Any) -> Environment:
    """Jinja over a package's ``templates``, then the shared ones: escaped, strict.

    Args:
        package: whose templates come first.
        shared: values that every page has.
    """
    env = Environment(
        loader=ChoiceLoader([PackageLoader(package), PackageLoader("hegui.web")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(shared)
    return env
