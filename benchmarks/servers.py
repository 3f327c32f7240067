"""The servers that are peers, for benchmarks and tests, started on loopback for a while: Oxigraph's (a wheel), Virtuoso and Jena (packages of Debian's)."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

INI = """[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
NumberOfBuffers = 200000
CheckpointInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{http}
[SPARQL]
ResultSetMaxRows = 100000
"""


JARS = Path("/usr/share/java")
"""Where Debian's package libapache-jena-java and what it needs stand."""


def free() -> int:
    """A port that nobody listens on."""
    with closing(socket.socket()) as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@contextmanager
def running(command: list[str], port: int, *, folder: Path | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """A process that listens on a port."""
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(1200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5)
            except urllib.error.HTTPError:
                break
            except OSError:
                if process.poll() is not None:
                    raise SystemExit(f"{command[0]} ended before it answered") from None
                time.sleep(0.1)
            else:
                break
        yield process
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()


@contextmanager
def oxigraph(folder: Path, *, union: bool = True) -> Iterator[str | None]:
    """The SPARQL address of an empty Oxigraph server, its default graph the union of all or not; none where it is not installed."""
    program = Path(sys.executable).parent / "oxigraph"
    if not program.exists():
        yield None
        return
    port = free()
    options = ["--union-default-graph"] if union else []
    with running([str(program), "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}", *options], port):
        yield f"http://127.0.0.1:{port}/query"


@contextmanager
def virtuoso(folder: Path) -> Iterator[str | None]:
    """The SPARQL address of an empty Virtuoso; none where it is not installed."""
    program = shutil.which("virtuoso-t")
    if program is None:
        yield None
        return
    folder.mkdir(parents=True, exist_ok=True)
    http = free()
    (folder / "virtuoso.ini").write_text(INI.format(sql=free(), http=http), encoding="utf-8")
    os.environ |= {"SOCIALGRAPH_USER": "dba", "SOCIALGRAPH_PASSWORD": "dba", "SOCIALGRAPH_AUTH": "digest"}
    try:
        with running([program, "+foreground", "+configfile", "virtuoso.ini"], http, folder=folder):
            yield f"http://127.0.0.1:{http}/sparql"
    finally:
        for name in ("USER", "PASSWORD", "AUTH"):
            del os.environ[f"SOCIALGRAPH_{name}"]


@contextmanager
def jena(folder: Path) -> Iterator[str | None]:
    """The SPARQL address of an empty Jena at the addresses of Fuseki (`JenaServer.java`); none where it or a Java compiler is not installed."""
    core, java = JARS / "jena-core.jar", shutil.which("java")
    if java is None or shutil.which("javac") is None or not core.exists():
        yield None
        return
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(core) as jar:  # Debian's package has the messages of its XML library where its own classes do not look for them
        for name in jar.namelist():
            if name.startswith(moved := "org/apache/jena/ext/xerces/") and not name.endswith("/"):
                place = folder / "messages" / "xerces" / name.removeprefix(moved)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(jar.read(name))
    port = free()
    command = [java, "-Xmx4g", "-cp", f"{folder / 'messages'}:{JARS}/*", str(Path(__file__).with_name("JenaServer.java")), str(port)]
    with running(command, port):
        yield f"http://127.0.0.1:{port}/ds"
