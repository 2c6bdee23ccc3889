"""Packages of Debian and PyPI, fetched by their own clients and unpacked, once."""

import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

from benchmarks import proc

FOLDER = proc.ROOT / "build" / "prove" / "real"
_FETCHED = FOLDER / "packages"
_UNPACKED = FOLDER / "unpacked"


def unpacked(package: str) -> Path:
    """The folder with a package's files; fetches it when it is not there yet.

    Args:
        package: ``debian NAME``, or ``pypi NAME==VERSION`` for the source distribution.

    Raises:
        FileNotFoundError: the client did not give the package.
        subprocess.CalledProcessError: it could not be unpacked.
    """
    kind, _, name = package.partition(" ")
    target = _UNPACKED / f"{kind}-{name}"
    if target.exists():
        return target
    archive = _archive(kind, name)
    fresh = target.with_name(target.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    if archive.suffix == ".deb":
        subprocess.run(["dpkg-deb", "-x", str(archive), str(fresh)], check=True)
        fresh.replace(target)
        return target
    with tarfile.open(archive) as packed:
        # Python 3.11.2 has no filter yet: nothing but files that stay below the folder.
        for one in packed:
            path = Path(one.name)
            if one.isreg() and ".." not in path.parts and not path.is_absolute():
                packed.extract(one, fresh)
    (top,) = fresh.iterdir()  # a source distribution holds one folder
    top.replace(target)
    fresh.rmdir()
    return target


def version(package: str) -> str:
    """The version of a fetched package."""
    kind, _, name = package.partition(" ")
    if kind == "pypi":
        return name.partition("==")[2]
    return _found(kind, name)[0].name.split("_")[1].replace("%3a", ":")


def _archive(kind: str, name: str) -> Path:
    if not _found(kind, name):
        _FETCHED.mkdir(parents=True, exist_ok=True)
        print(f"fetching {name}", file=sys.stderr, flush=True)
        command = (
            ["apt-get", "download", "-q", name]
            if kind == "debian"
            else ["pip", "download", "-q", "--no-deps", "--no-binary", ":all:", name]
        )
        subprocess.run(command, cwd=_FETCHED, check=False, stdout=subprocess.DEVNULL)
    found = _found(kind, name)
    if not found:
        raise FileNotFoundError(f"{kind} does not give {name}")
    return found[0]


def _found(kind: str, name: str) -> list[Path]:
    if kind == "debian":
        return sorted(_FETCHED.glob(f"{name}_*.deb"))
    # The names of source distributions have the one or the other dash.
    called, _, number = name.partition("==")
    stems = {called, called.replace("-", "_")}
    return [path for stem in stems for path in _FETCHED.glob(f"{stem}-{number}.tar.gz")]
