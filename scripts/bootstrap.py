"""Makes `.venv` from nothing: finds Python 3.10, installs the pinned packages, says what it does.

Runs on any Python 3.8 or newer. Does nothing when the environment is already what
requirements.txt and pyproject.toml ask for.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
VENV = ROOT / ".venv"
STAMP = VENV / ".routewijzer-stamp"
UV_VERSION = "0.13.9"


def main() -> None:
    """Brings `.venv` up to date."""
    wanted = fingerprint()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return
    begin = time.monotonic()
    uv = ensure_uv()
    python = find_python310(uv)
    if not (VENV / "bin" / "python").exists():
        say(f"Maak de omgeving .venv met {python}")
        run([uv, "venv", "--quiet", "--python", python, str(VENV)])
    say("Installeer de vastgezette pakketten (eerste keer ongeveer een minuut)")
    run(
        [
            uv,
            "pip",
            "sync",
            "--quiet",
            "--require-hashes",
            "--python",
            str(VENV / "bin/python"),
            str(ROOT / "requirements.txt"),
        ]
    )
    run(
        [
            uv,
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--no-build-isolation",
            "--python",
            str(VENV / "bin/python"),
            "--editable",
            str(ROOT),
        ]
    )
    STAMP.write_text(wanted)
    say(f"Omgeving klaar in {time.monotonic() - begin:.0f} seconden")


def fingerprint() -> str:
    """What the environment depends on, as one hash."""
    digest = hashlib.sha256()
    for name in ("requirements.txt", "pyproject.toml"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def ensure_uv() -> str:
    """The path of `uv`, installed in `.tools` with pip when the machine has none."""
    found = shutil.which("uv")
    if found:
        return found
    uv = TOOLS / "bin" / "uv"
    if not uv.exists():
        say("Installeer uv (de installateur van pakketten)")
        run([sys.executable, "-m", "venv", str(TOOLS)])
        run([str(TOOLS / "bin/python"), "-m", "pip", "install", "--quiet", f"uv=={UV_VERSION}"])
    return str(uv)


def find_python310(uv: str) -> str:
    """A Python 3.10 that runs: on the path, from a version manager, or fetched by uv."""
    for candidate in candidates():
        if is_python310(candidate):
            return candidate
    say("Geen Python 3.10 gevonden; uv haalt er een op")
    result = subprocess.run(
        [uv, "python", "install", "3.10"], cwd=ROOT, check=False, capture_output=True, text=True
    )
    if result.returncode == 0:
        found = subprocess.run(
            [uv, "python", "find", "3.10"], cwd=ROOT, check=False, capture_output=True, text=True
        )
        if found.returncode == 0:
            return found.stdout.strip()
    raise SystemExit(
        "Routewijzer heeft Python 3.10 nodig (Rasa 3.6 kan niet met een nieuwere), en die is hier\n"
        "niet te vinden en niet op te halen. Installeer Python 3.10 (bijvoorbeeld met pyenv:\n"
        "'pyenv install 3.10') of wijs hem aan:\n"
        "  UV_PYTHON=/pad/naar/python3.10 make chat"
    )


def candidates() -> list[str]:
    """Where a Python 3.10 may be, most explicit first."""
    paths = [os.environ.get("UV_PYTHON"), shutil.which("python3.10"), sys.executable]
    for root in (os.environ.get("PYENV_ROOT"), str(Path.home() / ".pyenv")):
        if root:
            paths += sorted(map(str, Path(root).glob("versions/3.10*/bin/python3.10")), reverse=True)
    paths += sorted(map(str, Path.home().glob(".local/share/uv/python/cpython-3.10*/bin/python3.10")))
    return [path for path in paths if path]


def is_python310(path: str) -> bool:
    """Whether `path` really starts a Python 3.10 (a version manager's shim may not)."""
    try:
        result = subprocess.run(
            [path, "-c", "import sys; print(sys.version_info[:2] == (3, 10))"],
            check=False,
            capture_output=True,
            text=True,
            timeout=20,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return result.stdout.strip() == "True"


def run(command: list[str]) -> None:
    """Runs a command; on failure shows what it said and stops."""
    result = subprocess.run(command, cwd=ROOT, check=False)
    if result.returncode:
        raise SystemExit(f"Dit lukte niet: {' '.join(command)}")


def say(text: str) -> None:
    """Tells the user what happens now."""
    print(f"[routewijzer] {text}", flush=True)


if __name__ == "__main__":
    main()
