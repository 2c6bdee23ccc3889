"""Sealed personal text: encryption under a key per person, retention, erasure, recovery."""

from hegui.vault.erase import CHAT, erase_person
from hegui.vault.errors import VaultError
from hegui.vault.keys import PersonKeys
from hegui.vault.lines import Line, decode_lines, encode_line
from hegui.vault.reader import Texts, read_texts
from hegui.vault.recover import SEAL_EVERY_MS, close_interrupted
from hegui.vault.retention import expire
from hegui.vault.seal import SALT, Commitment, commit

__all__ = [
    "CHAT",
    "SALT",
    "SEAL_EVERY_MS",
    "Commitment",
    "Line",
    "PersonKeys",
    "Texts",
    "VaultError",
    "close_interrupted",
    "commit",
    "decode_lines",
    "encode_line",
    "erase_person",
    "expire",
    "read_texts",
]
