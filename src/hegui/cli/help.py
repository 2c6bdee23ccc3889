"""Help as argparse lays it out, with Chinese as wide as it is shown."""

import argparse

from hegui.cli.columns import split


class Help(argparse.HelpFormatter):
    """Wraps by places of the terminal, where argparse counts characters."""

    def _split_lines(self, text: str, width: int) -> list[str]:
        return split(" ".join(text.split()), width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        lines = split(" ".join(text.split()), width - len(indent))
        return "\n".join(f"{indent}{line}" for line in lines)
