"""The worked example of matching/README.md runs and prints what the page says."""

from __future__ import annotations

import io
import re
from contextlib import redirect_stdout
from pathlib import Path

import matching

README = Path(matching.__file__).parent / "README.md"


def test_the_worked_example_prints_what_the_page_says() -> None:
    text = README.read_text(encoding="utf-8")
    example, printed = (found.group(1) for found in re.finditer(r"```(?:python|text)\n(.*?)```", text, re.DOTALL))
    out = io.StringIO()
    with redirect_stdout(out):
        exec(compile(example, str(README), "exec"), {})  # noqa: S102 - our own page
    assert out.getvalue() == printed
