"""A region's site as processes: two instances with production settings on one PostgreSQL, and nginx in front with TLS.

nginx reads docs/deploy/nginx.conf, of which only the ports, the certificate's place and the instances' are changed.
"""

from __future__ import annotations

import secrets
import shutil
import ssl
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from time import sleep

from tests.bench.start import a_free_port
from tests.house import ROOT
from tests.proofs._browser import Answer, Browser, NoAnswer
from tests.proofs._postgres import postgres
from tests.proofs._server import Server, manage, scratch

CONF = ROOT / "docs" / "deploy" / "nginx.conf"
OURS, ELSEWHERE = "192.0.2.7", "192.0.2.8"  # addresses that a proxy says somebody comes from


def production() -> dict[str, str]:
    """What both instances are started with, but for the database."""
    return {
        "DEBUG": "off",
        "DEMONSTRATION": "off",
        "HTTPS": "on",
        "BEHIND_TLS_PROXY": "on",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }


class Visitor(Browser):
    """Somebody whom the proxy has let through to one instance; `port` may change between two requests."""

    def __init__(self, port: int, *, timeout: float = 60, address: str = OURS) -> None:
        super().__init__(port, timeout=timeout)
        self.address = address

    def request(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        proxied = {"X-Forwarded-Proto": "https", "X-Forwarded-For": self.address}
        referer = {"Referer": f"https://127.0.0.1:{self.port}{path}"}
        return super().request(method, path, body, proxied | referer | dict(headers))


class Outside(Browser):
    """Somebody in front of the proxy, who trusts its certificate."""

    def __init__(self, port: int, trusted: Path, *, timeout: float = 60) -> None:
        super().__init__(port, timeout=timeout)
        self.trusted = trusted

    def line(self) -> HTTPConnection:
        context = ssl.create_default_context(cafile=str(self.trusted))
        return HTTPSConnection("127.0.0.1", self.port, timeout=self.timeout, context=context)

    def request(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        referer = {"Referer": f"https://127.0.0.1:{self.port}{path}"}
        return super().request(method, path, body, referer | dict(headers))


class Nginx:
    """The proxy, on ports of its own."""

    def __init__(self, folder: Path, instances: list[int]) -> None:
        self.folder, self.instances = folder, instances
        self.port, self.plain_port = a_free_port(), a_free_port()
        self.certificate = folder / "certificate.pem"
        self._make_certificate()
        self.configuration = folder / "nginx.conf"
        self.configuration.write_text(self._configured(down=None))
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> Nginx:
        self.process = subprocess.Popen(
            [self._program(), "-c", str(self.configuration), "-g", "daemon off;"], stdin=subprocess.DEVNULL
        )
        for _ in range(100):
            try:
                self.browser().get("/healthz")
            except NoAnswer:
                sleep(0.05)
                continue
            return self
        raise RuntimeError("nginx does not answer")

    def leave_out(self, instance: int | None) -> None:
        """Send nothing more to an instance, or to all of them again; what runs is let run."""
        self.configuration.write_text(self._configured(down=instance))
        subprocess.run(
            [self._program(), "-c", str(self.configuration), "-s", "reload"], check=True, capture_output=True
        )
        sleep(1)  # the new processes have taken over

    def browser(self, *, timeout: float = 60) -> Outside:
        return Outside(self.port, self.certificate, timeout=timeout)

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(20)

    def _configured(self, *, down: int | None) -> str:
        servers = [
            f"server 127.0.0.1:{port} {'down' if port == down else 'max_fails=1 fail_timeout=5s'};"
            for port in self.instances
        ]
        changes = {
            "server app1:8000 max_fails=1 fail_timeout=5s;": servers[0],
            "server app2:8000 max_fails=1 fail_timeout=5s;": servers[1],
            "listen 8080;": f"listen 127.0.0.1:{self.plain_port};",
            "listen 8443 ssl;": f"listen 127.0.0.1:{self.port} ssl;",
            "/run/secrets/tls_certificate": str(self.certificate),
            "/run/secrets/tls_key": str(self.folder / "key.pem"),
            "/tmp/nginx": str(self.folder / "nginx"),  # noqa: S108 - the container's
            "worker_processes auto;": "user root;\nworker_processes auto;",
        }
        text = CONF.read_text()
        for said, meant in changes.items():
            if said not in text:
                raise RuntimeError(f"{CONF} no longer says {said}")
            text = text.replace(said, meant)
        return text

    def _make_certificate(self) -> None:
        told = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost"
        names = "subjectAltName=IP:127.0.0.1,DNS:localhost"
        files = ["-keyout", str(self.folder / "key.pem"), "-out", str(self.certificate)]
        command = ["openssl", *told.split(), "-addext", names, *files]
        subprocess.run(command, check=True, capture_output=True)

    @staticmethod
    def _program() -> str:
        found = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin")
        if not found:
            raise RuntimeError("nginx is missing. Install it: apt-get install nginx-light")
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """The whole site. `one` and `two` are instances that share nothing but the database."""

    database: str
    one: Server
    two: Server
    proxy: Nginx

    @property
    def both(self) -> tuple[Server, Server]:
        return self.one, self.two

    def visitor(self, *, address: str = OURS) -> Visitor:
        """Somebody who stands before the first instance."""
        return Visitor(self.one.port, address=address)

    def run(self, program: str) -> str:
        """What a program prints that has Django and the database, as `manage.py shell -c` runs it."""
        settings = {name: self.one.environment[name] for name in production()}
        return manage(self.database, "shell", "--no-imports", "-c", program, **settings)


@contextmanager
def region(**settings: str) -> Iterator[Region]:
    """The site, prepared and running, gone afterwards; `settings` over those of production."""
    said = production() | settings
    with postgres() as database, scratch() as folder:
        manage(database, "collectstatic", "--noinput", **said)
        one, two = (Server(database, **said) for _ in range(2))
        proxy = Nginx(folder, [one.port, two.port])
        with one, two:
            try:
                yield Region(database=database, one=one, two=two, proxy=proxy.start())
            finally:
                proxy.stop()
