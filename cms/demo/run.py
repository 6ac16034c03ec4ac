"""Starts a whole hub with demo content in the foreground: `python -m cms.demo.run`, which is what `make run` does.

It prepares DATA_DIR, starts gunicorn as its child, publishes what is scheduled every half minute, and ends its child
when it is told to end.
"""

import ctypes
import errno
import json
import os
import runpy
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
BETWEEN_SCHEDULED = 30
PATIENCE_AT_START = 60
PATIENCE_AT_END = 15  # gunicorn gives requests under way 10 seconds


def run() -> None:
    """Prepare, serve until told to end, and clean up."""
    for name in SIGNALS:
        signal.signal(name, _end)
    data_dir = _prepare_environment()
    _say("Starting")
    _refuse_odd_settings()
    _refuse_a_port_that_is_taken(os.environ["HOST"], int(os.environ["PORT"]))
    _prepare_data()
    web = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "cms/gunicorn.conf.py", "cms.wsgi"],
        cwd=ROOT,
        start_new_session=True,
        preexec_fn=_end_with_the_parent,
    )
    try:
        _wait_until_served(web)
        _welcome(data_dir)
        _publish_scheduled_until_the_end_of(web)
    finally:
        _stop(web)


def _prepare_environment() -> Path:
    env = os.environ
    data_dir = Path(env.get("DATA_DIR") or ROOT / "var").expanduser().absolute()
    env.pop("DEBUG", None)
    env["DJANGO_SETTINGS_MODULE"] = "cms.settings"
    env["DATA_DIR"] = str(data_dir)
    env["DEMO"] = "1"
    env["LOG_LEVEL"] = env.get("LOG_LEVEL") or "WARNING"  # what is printed is for the person who started it
    env["MACHINE_ENGINES"] = env.get("MACHINE_ENGINES") or "*:wordlist"  # asks nobody, and says that it is a demo
    env["EMAIL_URL"] = env.get("EMAIL_URL") or f"filemail://{quote(str(data_dir / 'mail'))}"  # nobody gets it
    env["HOST"] = env.get("HOST") or "127.0.0.1"
    env["PORT"] = env.get("PORT") or "8000"
    env["SECRET_KEY"] = env.get("SECRET_KEY") or _secret_key(data_dir)
    if env["HOST"] not in ("127.0.0.1", "localhost", "::1") and not env.get("ALLOWED_HOSTS"):
        env["ALLOWED_HOSTS"] = "*"  # whoever opens a demo to the network does not know all its names
    return data_dir


def _secret_key(data_dir: Path) -> str:
    """Return the key kept in DATA_DIR, made at the first start, readable by its owner only."""
    file = data_dir / "secret-key"
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        if not file.exists() or not file.read_text().strip():
            file.touch(mode=0o600)
            file.write_text(secrets.token_urlsafe(50))
        return file.read_text().strip()
    except OSError as error:
        sys.exit(f"Misto cannot start: DATA_DIR {data_dir} cannot be used ({error.strerror}).")


def _refuse_odd_settings() -> None:
    from django.conf import settings

    for sentence in settings.REFUSED_SETTINGS:
        sys.exit(f"Misto cannot start: {sentence}")
    runpy.run_path(str(ROOT / "cms/gunicorn.conf.py"))  # it says so itself


def _refuse_a_port_that_is_taken(host: str, port: int) -> None:
    """gunicorn would share a port with another server of the same user, and answer every second request."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            match error:
                case socket.gaierror() | OSError(errno=errno.EADDRNOTAVAIL):
                    sys.exit(f"Misto cannot start: HOST {host} is not an address of this machine.")
            reason = f"{host} port {port} is not free ({error.strerror})"
            sys.exit(f"Misto cannot start: {reason}. Choose another: PORT=8001")


def _prepare_data() -> None:
    import django
    from django.core.management import CommandError, call_command
    from django.db import DatabaseError

    from cms.commands import explain

    django.setup()
    steps = [
        ("Collecting static files", "collectstatic", {"interactive": False, "verbosity": 0}),
        ("Preparing the database", "migrate", {"interactive": False, "verbosity": 0}),
        ("Loading demo content", "load_demo", {}),
    ]
    for sentence, command, options in steps:
        _say(sentence)
        try:
            call_command(command, **options)
        except (CommandError, DatabaseError) as error:
            sys.exit(f"{command}: {explain(error)}")


def _wait_until_served(web: subprocess.Popen[bytes]) -> None:
    _say("Starting the web process")
    deadline = time.monotonic() + PATIENCE_AT_START
    while time.monotonic() < deadline:
        if web.poll() is not None:
            sys.exit(web.returncode)
        try:
            with urlopen(f"{_local_address()}/health/live", timeout=5):  # noqa: S310  our own address
                return
        except (URLError, OSError):
            time.sleep(0.2)
    sys.exit("Misto did not answer within a minute.")


def _welcome(data_dir: Path) -> None:
    from django.conf import settings

    address = settings.PUBLIC_URL
    print(f"\nMisto is running. Write and translate at {address}/admin/\n")
    accounts = data_dir / "demo-accounts.json"
    for account in json.loads(accounts.read_text()) if accounts.exists() else []:
        place = " ".join(filter(None, [account["role"], account.get("partner"), account.get("language")]))
        print(f"  {account['username']:<16} {account['password']:<24} {place}")
    print("\nFetch what partner cities fetch:\n")
    for path in ("languages", "uk/news", "changes?limit=5"):
        print(f"  curl -s '{address}/content/v1/{path}'")
    _say("\nEnd it with Ctrl-C.")


def _publish_scheduled_until_the_end_of(web: subprocess.Popen[bytes]) -> None:
    from django.core.management import call_command
    from django.db import close_old_connections

    while True:
        try:
            sys.exit(web.wait(BETWEEN_SCHEDULED))
        except subprocess.TimeoutExpired:
            close_old_connections()
        for command in (["publish_scheduled"], ["notices", "send"]):
            try:
                call_command(*command, verbosity=0)
            except Exception as error:  # whatever one page's schedule meets, readers are served; the next round tries
                _say(f"{command[0]}: {error}")


def _stop(web: subprocess.Popen[bytes]) -> None:
    """End the web process and its workers, at last by force."""
    web.terminate()
    try:
        web.wait(PATIENCE_AT_END)
    except subprocess.TimeoutExpired:
        os.killpg(web.pid, signal.SIGKILL)
        web.wait()


def _end(_signal: int, _frame: FrameType | None) -> None:
    for name in SIGNALS:  # make and the shell may each send one: the second must not end the ending
        signal.signal(name, signal.SIG_IGN)
    sys.exit(0)


def _end_with_the_parent() -> None:
    """Have Linux tell the web process to end when this one is killed without a chance to say so."""
    if sys.platform == "linux":
        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGTERM)


def _local_address() -> str:
    host = os.environ["HOST"]
    reachable = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{reachable}:{os.environ['PORT']}"


def _say(sentence: str) -> None:
    print(sentence, flush=True)


if __name__ == "__main__":
    run()
