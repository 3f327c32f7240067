"""Writing a file to disk, whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_whole(content: str | bytes, path: Path | str) -> Path:
    """Write a file, a text as UTF-8: it is made beside its place and then moved in. Gives the path."""
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode("utf-8") if isinstance(content, str) else content)
        beside.chmod(0o644)
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return target
