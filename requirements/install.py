"""Makes .venv and installs a lock into it, checked by hash: `python3 requirements/install.py base|dev`.

Needs nothing but Python. Uses uv where there is one. Does nothing when the lock is the one installed last.
"""

import hashlib
import shutil
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)


def install(name: str) -> None:
    """Install requirements/`name`.txt unless it already is."""
    if not PYTHON.exists() or not (_uv() or PYTHON.with_name("pip").exists()):  # the latter: it was interrupted
        _say("Making .venv")
        _run(sys.executable, "-m", "venv", str(VENV))
    if _is_installed("dev") or _is_installed(name):  # dev holds all of base
        return
    _say(f"Installing requirements/{name}.txt")
    _run(*_installer(), "--require-hashes", "-r", str(_lock(name)))
    _stamp(name).write_text(_digest(name))


def _installer() -> list[str]:
    if uv := _uv():
        return [uv, "pip", "install", "--quiet", "--python", str(PYTHON)]
    return [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]


def _uv() -> str | None:
    return shutil.which("uv") or shutil.which("uv", path=str(PYTHON.parent))


def _is_installed(name: str) -> bool:
    stamp = _stamp(name)
    return stamp.exists() and stamp.read_text() == _digest(name)


def _stamp(name: str) -> Path:
    return VENV / f"{name}.installed"


def _lock(name: str) -> Path:
    return ROOT / "requirements" / f"{name}.txt"


def _digest(name: str) -> str:
    return hashlib.sha256(_lock(name).read_bytes()).hexdigest()


def _run(*command: str) -> None:
    subprocess.run(command, check=True, cwd=ROOT)


def _say(sentence: str) -> None:
    print(sentence, flush=True)


def _stop(_signal: int, _frame: object) -> None:
    sys.exit(143)  # subprocess.run ends its child on the way out


if __name__ == "__main__":
    if sys.version_info < OLDEST:
        sys.exit("Misto needs Python 3.11 or newer.")
    signal.signal(signal.SIGTERM, _stop)
    try:
        install(sys.argv[1] if len(sys.argv) > 1 else "base")
    except subprocess.CalledProcessError as error:
        sys.exit(f"{error.cmd[0]} failed with exit code {error.returncode}.")
