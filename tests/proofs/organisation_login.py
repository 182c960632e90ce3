"""Logging in by the organisation: a real OpenID provider (npm's oidc-provider on Node) beside a real server."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin

import requests

from tests.proofs._server import SERVED, Server, a_free_port, manage, scratch, sqlite
from tests.proofs.proof import Finding

WHAT = "Logging in by the organisation's own login (OpenID Connect), with a real provider"
GOAL = "the invited are in; strangers, the closed, forged, replayed and second claimants are not; nothing told is kept"
HERE = Path(__file__).parent / "_oidc"
WAY_IN = "/konto/organisasjon/organisasjon/"
FORM = re.compile(r'<form[^>]* action="([^"]+)"')
SENTINEL = b"Navnesen"


@contextmanager
def provider(port: int, site: str) -> Iterator[subprocess.Popen[str]]:
    """The provider, listening; its packages are installed from the lock beside it into a folder that is gone after."""
    with scratch() as folder:
        shutil.copytree(HERE, folder, dirs_exist_ok=True)
        npm = shutil.which("npm") or "npm"
        subprocess.run([npm, "ci", "--no-audit", "--no-fund"], cwd=folder, check=True, capture_output=True)
        callback = f"{site}{WAY_IN}svar/"
        command = [shutil.which("node") or "node", "provider.mjs", str(port), callback]
        process = subprocess.Popen(
            command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        assert process.stdout
        while "ready" not in (process.stdout.readline() or "ready"):
            pass
        yield process
        process.kill()
        process.wait()


class Visitor:
    """A browser that goes to the organisation's login, and comes back."""

    def __init__(self, site: str) -> None:
        self.site, self.session = site, requests.Session()

    def answer_of_the_provider(self, name: str) -> str:
        """Log in at the provider as `name`. Returns the address that it sends back to, not yet opened."""
        answer = self.session.get(f"{self.site}{WAY_IN}", allow_redirects=False)
        for _ in range(12):
            if answer.is_redirect:
                there = urljoin(answer.url, answer.headers["Location"])
                if there.startswith(self.site):
                    return there
                answer = self.session.get(there, allow_redirects=False)
            else:
                action = FORM.search(answer.text)
                assert action, answer.text[:500]
                prompt = "login" if 'value="login"' in answer.text else "consent"
                fields = {"prompt": prompt, "login": name, "password": "x"}
                answer = self.session.post(urljoin(answer.url, action[1]), fields, allow_redirects=False)
        raise RuntimeError("the provider did not send back")

    def log_in(self, name: str) -> int:
        """All the way. Returns the status of the page that one ends on."""
        return self.session.get(self.answer_of_the_provider(name)).status_code

    @property
    def is_in(self) -> bool:
        """Whether one's own account opens."""
        return self.session.get(f"{self.site}/konto/", allow_redirects=False).status_code == 200


def cases(site: str, database: str) -> dict[str, Callable[[], bool]]:
    """Each situation, and whether it went as it must."""

    def comes_in(name: str) -> bool:
        visitor = Visitor(site)
        return visitor.log_in(name) == 200 and visitor.is_in

    def is_refused(name: str) -> bool:
        visitor = Visitor(site)
        return visitor.log_in(name) in (200, 400, 403) and not visitor.is_in

    def is_closed() -> bool:
        change = (
            "from accounts.models import User; User.objects.filter(username='lege3').update(is_active=False)"
        )
        manage(database, "shell", "-c", change)
        return is_refused("lege3")

    def is_forged() -> bool:
        """Somebody's answer, opened in another browser: a login forced on a stranger."""
        there = Visitor(site).answer_of_the_provider("lege2")
        other = Visitor(site)
        other.session.get(there)
        return not other.is_in

    def is_replayed() -> bool:
        visitor = Visitor(site)
        there = visitor.answer_of_the_provider("lege2")
        visitor.session.get(there)
        again = Visitor(site)
        again.session.cookies.update(visitor.session.cookies)
        again.session.cookies.pop("sessionid", None)
        again.session.get(there)
        return visitor.is_in and not again.is_in

    return {
        "an account is opened at the first login": lambda: comes_in("lege"),
        "and at the next": lambda: comes_in("lege"),
        "somebody without an account is told so": lambda: is_refused("ukjent"),
        "somebody else who claims the same user name is not let in": lambda: is_refused("lege#2"),
        "a closed account stays closed": is_closed,
        "an answer that another browser asked for is refused": is_forged,
        "an answer that was used is refused": is_replayed,
    }


def run(application: str = SERVED) -> tuple[list[str], list[str]]:
    """The situations that went as they must, and those that did not."""
    port, here = a_free_port(), a_free_port()
    site = f"http://127.0.0.1:{here}"
    told = {
        "OIDC_SERVER": f"http://127.0.0.1:{port}",
        "OIDC_CLIENT_ID": "melkeveien",
        "OIDC_CLIENT_SECRET": "only-in-a-proof",
    }
    with (
        sqlite() as database,
        Server(database, port=here, application=application, **told),
        provider(port, site) as process,
    ):
        results = {name: case() for name, case in cases(site, database).items()}
        file = Path(database.removeprefix("sqlite:///"))
        results["nothing that the provider told is in the database"] = SENTINEL not in file.read_bytes()
        process.kill()
        process.wait()
        gone = Visitor(site).session.get(f"{site}{WAY_IN}")
        results["a provider that is away is told in a sentence"] = gone.status_code == 400
    return (
        [name for name, good in results.items() if good],
        [name for name, good in results.items() if not good],
    )


def measure() -> Finding:
    good, bad = run()
    figure = f"{len(good)} of {len(good) + len(bad)} situations as they must be" + "".join(
        f"; not: {b}" for b in bad
    )
    return Finding(figure=figure, holds=not bad)


def control() -> Finding:
    good, bad = run("tests.proofs._trusting:application")
    figure = (
        f"where whoever claims a user name is tied to its account: {len(bad)} wrong of {len(good) + len(bad)}"
    )
    return Finding(figure=figure, holds=not bad)
