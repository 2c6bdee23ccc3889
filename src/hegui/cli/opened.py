"""What most commands need: settings, data folder and open databases."""

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hegui.config import Home, Settings
    from hegui.store import Store
    from hegui.store.log import LogReader
    from hegui.vault import PersonKeys


def settings_of(options: argparse.Namespace) -> "Settings":
    """The settings of ``--config``, else of the environment."""
    from hegui.config import load

    return load(Path(options.config) if options.config else None, os.environ)


def home_of() -> "Home":
    """The data folder of the environment."""
    from hegui.config import Home

    return Home.of(os.environ)


@contextmanager
def opened(settings: "Settings", home: "Home") -> Iterator["Store"]:
    """The house's database, whether the service runs or not; closed at the end."""
    from hegui.store import Store
    from hegui.world import RealWorld

    store = Store.open(settings.data.url or home.database_url, world=RealWorld())
    try:
        yield store
    finally:
        store.close()


@contextmanager
def log_reader(options: argparse.Namespace, home: "Home") -> Iterator["LogReader"]:
    """The log of the house's database; closed at the end."""
    from hegui.store.log import LogReader

    with opened(settings_of(options), home) as store:
        yield LogReader(store)


@contextmanager
def person_keys(settings: "Settings", home: "Home") -> Iterator["PersonKeys"]:
    """The keys of persons, in their store of their own."""
    from hegui.store import Store, tables
    from hegui.vault import PersonKeys
    from hegui.world import RealWorld

    world = RealWorld()
    url = settings.data.keys_url or home.keys_url
    store = Store.open(url, tables=tables.key_metadata, world=world)
    try:
        yield PersonKeys(store, home.key_file("vault.key").read_bytes(), world)
    finally:
        store.close()
