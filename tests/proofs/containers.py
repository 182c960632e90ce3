"""Whether the files of the deployment keep their own rules: Dockerfile, compose.yaml, and systemd's units."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from tests.house import ROOT
from tests.proofs._server import scratch
from tests.proofs.proof import Finding

WHAT = "Dockerfile, compose.yaml and systemd's units: not root, read-only, pinned, bounded, no secret inside"
GOAL = "every rule kept; each service of systemd's at an exposure of 2.0 or less (its own scale, 0 to 10)"

SECRET = re.compile(r"(PASSWORD|SECRET|KEY|TOKEN|DATABASE_URL)")
PINNED = re.compile(r"[a-z-]+:\d+\.\d+[\w.-]*")  # a version, and no registry's address
BUILDS = (
    "gcc",
    "g++",
    "build-essential",
    "python3-pip",
    "python3-venv",
    "python3-dev",
    "curl",
    "wget",
    "git",
)
MOST_EXPOSED = 2.0
UNITS = ("melkeveien.service", "melkeveien-backup.service", "melkeveien-backup.timer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """The texts that are judged; `units` by file name, `role` what makes the database's role."""

    dockerfile: str
    ignored: str
    compose: str
    proxy: str
    units: dict[str, str]
    role: str

    @property
    def steps(self) -> list[tuple[str, str]]:
        """The Dockerfile's instructions with their arguments, each on one line."""
        text = re.sub(r"\\\n\s*", " ", re.sub(r"^#.*\n", "", self.dockerfile, flags=re.MULTILINE))
        return [
            (line.partition(" ")[0], line.partition(" ")[2]) for line in text.splitlines() if line.strip()
        ]

    @property
    def last_stage(self) -> list[tuple[str, str]]:
        steps = self.steps
        return steps[max(n for n, (verb, _) in enumerate(steps) if verb == "FROM") :]

    @property
    def services(self) -> dict[str, dict[str, Any]]:
        return dict(yaml.safe_load(self.compose)["services"])


Rule = Callable[[Files], Iterator[str]]


def image_is_pinned(files: Files) -> Iterator[str]:
    base = dict(files.steps).get("ARG", "").removeprefix("BASE=")
    stages = {said.split(" AS ")[1] for verb, said in files.steps if verb == "FROM" and " AS " in said}
    if not PINNED.fullmatch(base):
        yield f"the base {base!r} has no version"
    for verb, said in files.steps:
        if verb == "FROM" and said.split()[0] not in {"${BASE}"} | stages:
            yield f"FROM {said}"


def image_runs_as_nobody_special(files: Files) -> Iterator[str]:
    users = [said for verb, said in files.last_stage if verb == "USER"]
    if not users or not re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", users[-1]):
        yield "the image runs as root, or as a name that the host cannot check"
    if "COPY --chown" in files.dockerfile:
        yield "the program's files belong to the one who runs it"


def image_has_no_tools_to_build_with(files: Files) -> Iterator[str]:
    said = " ".join(said for verb, said in files.last_stage if verb == "RUN")
    yield from (
        f"the image holds {tool}"
        for tool in BUILDS
        if re.search(rf"(?<![\w-]){re.escape(tool)}(?![\w-])", said)
    )


def image_tells_its_health(files: Files) -> Iterator[str]:
    health = [said for verb, said in files.last_stage if verb == "HEALTHCHECK"]
    if not health or 'CMD ["python"' not in health[0]:
        yield "no health check that runs without a shell"


def image_keeps_no_secret(files: Files) -> Iterator[str]:
    for verb, said in files.steps:
        if verb in ("ENV", "ARG") and SECRET.search(said):
            yield f"{verb} {said}"
    if files.ignored.splitlines()[1] != "*" or re.search(
        r"^!.*(\.env|\.git|var|secrets|tests)", files.ignored, re.M
    ):
        yield ".dockerignore lets in more than the program"


def packages_come_by_their_hash(files: Files) -> Iterator[str]:
    for verb, said in files.steps:
        if verb == "ADD" or ("pip install" in said and "--require-hashes" not in said):
            yield f"{verb} {said[:60]}"
        if "apt-get install" in said and (
            "--no-install-recommends" not in said or "rm -rf /var/lib/apt" not in said
        ):
            yield f"{verb} {said[:60]}"


def image_has_what_setup_installs(files: Files) -> Iterator[str]:
    setup = re.search(r'^packages="([^"]+)"', (ROOT / ".ci" / "setup").read_text(), re.MULTILINE)
    wanted = set(setup[1].split()) if setup else {"no list in .ci/setup"}
    said = {word for verb, said in files.last_stage if verb == "RUN" for word in re.split(r"[\s;]+", said)}
    yield from (f"the image lacks {name}" for name in sorted(wanted - said))


def services_are_confined(files: Files) -> Iterator[str]:
    for name, one in files.services.items():
        limits = one.get("deploy", {}).get("resources", {}).get("limits", {})
        kept = {
            "a read-only root": one.get("read_only") is True,
            "no capability": one.get("cap_drop") == ["ALL"] and "cap_add" not in one,
            "no new privileges": "no-new-privileges:true" in one.get("security_opt", ()),
            "a user of its own": re.fullmatch(r"[1-9]\d*:[1-9]\d*", str(one.get("user", ""))) is not None,
            "a bound on memory, processors and processes": {"memory", "cpus"} <= set(limits)
            and "pids_limit" in one,
            "a bound on its log": "max-size" in one.get("logging", {}).get("options", {}),
            "no door to the host": not {"privileged", "network_mode", "pid", "ipc", "devices"} & set(one)
            and "docker.sock" not in str(one.get("volumes", "")),
        }
        yield from (f"{name}: {what}" for what, holds in kept.items() if not holds)


def services_have_versions(files: Files) -> Iterator[str]:
    for name, one in files.services.items():
        image = str(one.get("image", ""))
        if not PINNED.fullmatch(image) and not image.startswith("melkeveien:${MELKEVEIEN_VERSION:?"):
            yield f"{name}: {image}"


def services_tell_no_secret(files: Files) -> Iterator[str]:
    for name, one in files.services.items():
        said = [
            said for said in one.get("environment", {}) if SECRET.search(said) and not said.endswith("_FILE")
        ]
        yield from (f"{name}: {one}" for one in said)


def services_are_healthy_before_others_lean_on_them(files: Files) -> Iterator[str]:
    leans = {
        ("prepare", "database"): "service_healthy",
        ("app1", "prepare"): "service_completed_successfully",
        ("app2", "prepare"): "service_completed_successfully",
        ("proxy", "app1"): "service_healthy",
        ("proxy", "app2"): "service_healthy",
    }
    for (one, other), how in leans.items():
        if files.services[one].get("depends_on", {}).get(other, {}).get("condition") != how:
            yield f"{one} does not wait for {other}"
    yield from (
        f"{name}: no health check"
        for name in ("database", "proxy")
        if "healthcheck" not in files.services[name]
    )
    asked = str(files.services["proxy"].get("healthcheck", {}).get("test", [""])[-1])
    if f"location = /{asked.rpartition('/')[2]} {{" not in files.proxy:
        yield f"the proxy is asked for {asked}, and does not answer that itself"


def only_the_proxy_is_reached(files: Files) -> Iterator[str]:
    networks = yaml.safe_load(files.compose)["networks"]
    for name, one in files.services.items():
        if name != "proxy" and ("ports" in one or one.get("networks") != ["inside"]):
            yield f"{name} is reached from outside"
    if not networks["inside"].get("internal"):
        yield "the inner network reaches the world"


def instances_are_alike_and_given_time(files: Files) -> Iterator[str]:
    one, two = files.services["app1"], files.services["app2"]
    if one != two:
        yield "the instances are not alike"
    kills = re.search(r'"--workers-kill-timeout", "(\d+)"', files.dockerfile)
    if not kills or int(str(one.get("stop_grace_period", "0s")).rstrip("s")) <= int(kills[1]):
        yield "an instance is killed before its requests are answered"
    named = set(re.findall(r"server (\w+):8000", files.proxy))
    if named != {name for name in files.services if name.startswith("app")}:
        yield f"the proxy sends to {sorted(named)}"


def a_backup_outlives_its_container(files: Files) -> Iterator[str]:
    installs = " ".join(said for verb, said in files.last_stage if verb == "RUN")
    if "postgresql-client" not in installs:
        yield "the image cannot dump PostgreSQL"
    one = files.services.get("backup", {})
    kept = [str(volume).partition(":")[2] for volume in one.get("volumes", ())]
    for name in ("BACKUP_FOLDER", "TMPDIR"):
        place = str(one.get("environment", {}).get(name, "nowhere"))
        if not any(Path(place).is_relative_to(folder) for folder in kept):
            yield f"{name} of a backup is {place}, in no volume"
    for folder in kept:
        if f"-o melkeveien -g melkeveien {folder}" not in installs:
            yield f"whoever makes a backup may not write in {folder}"


def the_sites_role_is_no_superuser(files: Files) -> Iterator[str]:
    """The image's own role is one, whom no lock on a table stops."""
    database = files.services["database"]
    sites = re.search(r"--username=(\w+)", str(database["healthcheck"]["test"]))
    if not sites or sites[1] == database["environment"]["POSTGRES_USER"]:
        yield "the site is the database's superuser"
    elif not re.search(rf"CREATE ROLE {sites[1]} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE", files.role):
        yield f"{sites[1]} may do more than it needs"


def units_are_understood(files: Files) -> Iterator[str]:
    """By systemd itself. The programs that it should start need not be on this machine."""
    with scratch() as folder:
        for name, text in files.units.items():
            (folder / name).write_text(text)
        for name in files.units:
            told = subprocess.run(
                [_systemd_analyze(), "verify", "--man=no", str(folder / name)],
                capture_output=True,
                text=True,
                check=False,
            ).stderr
            yield from (
                line for line in told.splitlines() if name in line and "is not executable" not in line
            )


def units_are_confined(files: Files) -> Iterator[str]:
    for name, exposed in exposures(files).items():
        if exposed > MOST_EXPOSED:
            yield f"{name}: exposure {exposed}"


def exposures(files: Files) -> dict[str, float]:
    """How exposed systemd itself finds each service."""
    found = {}
    with scratch() as folder:
        for name, text in files.units.items():
            if name.endswith(".service"):
                (folder / name).write_text(text)
                command = [_systemd_analyze(), "security", "--offline=yes", "--no-pager", str(folder / name)]
                told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
                level = re.search(r"Overall exposure level for \S+: ([\d.]+)", told)
                found[name] = float(level[1]) if level else 10.0
    return found


RULES: tuple[Rule, ...] = (
    image_is_pinned,
    image_runs_as_nobody_special,
    image_has_no_tools_to_build_with,
    image_tells_its_health,
    image_keeps_no_secret,
    packages_come_by_their_hash,
    image_has_what_setup_installs,
    services_are_confined,
    services_have_versions,
    services_tell_no_secret,
    services_are_healthy_before_others_lean_on_them,
    only_the_proxy_is_reached,
    instances_are_alike_and_given_time,
    a_backup_outlives_its_container,
    the_sites_role_is_no_superuser,
    units_are_understood,
    units_are_confined,
)

CONFINED_NO_MORE = (
    "User=root\nCapabilityBoundingSet=CAP_SYS_ADMIN\nPrivateUsers=no\nRestrictNamespaces=no\nIPAddressDeny="
)
# A hole for each rule: what is taken out of which text, and what is put in.
HOLES: tuple[tuple[Rule, str, str, str], ...] = (
    (image_is_pinned, "dockerfile", "BASE=debian:12.11-slim", "BASE=debian:latest"),
    (image_runs_as_nobody_special, "dockerfile", "USER 10001:10001", "USER root"),
    (image_has_no_tools_to_build_with, "dockerfile", "python3 fontconfig", "python3 curl fontconfig"),
    (image_tells_its_health, "dockerfile", "HEALTHCHECK ", "LABEL "),
    (image_keeps_no_secret, "dockerfile", "ENV PATH", "ENV SECRET_KEY=known PATH"),
    (image_keeps_no_secret, "ignored", "!LICENSE", "!.env"),
    (packages_come_by_their_hash, "dockerfile", "--require-hashes", "--no-deps"),
    (image_has_what_setup_installs, "dockerfile", "libharfbuzz-subset0", ""),
    (services_are_confined, "compose", "read_only: true", "read_only: false"),
    (services_are_confined, "compose", 'user: "10001:10001"', 'user: "0:0"'),
    (services_have_versions, "compose", "nginx:1.28.0-bookworm", "nginx:latest"),
    (services_tell_no_secret, "compose", "SECRET_KEY_FILE: ", "SECRET_KEY: "),
    (
        services_are_healthy_before_others_lean_on_them,
        "compose",
        "service_completed_successfully",
        "service_started",
    ),
    (services_are_healthy_before_others_lean_on_them, "proxy", "location = /proxy", "location = /other"),
    (the_sites_role_is_no_superuser, "compose", "POSTGRES_USER: postgres", "POSTGRES_USER: melkeveien"),
    (the_sites_role_is_no_superuser, "role", "NOSUPERUSER", "SUPERUSER"),
    (only_the_proxy_is_reached, "compose", "internal: true", "internal: false"),
    (instances_are_alike_and_given_time, "compose", "stop_grace_period: 40s", "stop_grace_period: 10s"),
    (instances_are_alike_and_given_time, "proxy", "server app2:8000", "server app3:8000"),
    (a_backup_outlives_its_container, "dockerfile", " postgresql-client;", ";"),
    (a_backup_outlives_its_container, "dockerfile", "-o melkeveien -g melkeveien ", ""),
    (a_backup_outlives_its_container, "compose", "backup:/var/lib/melkeveien", "backup:/backup"),
    (units_are_understood, "melkeveien.service", "ProtectSystem=strict", "ProtectSystem=very"),
    (units_are_confined, "melkeveien.service", "[Install]", f"{CONFINED_NO_MORE}\n[Install]"),
)


def measure() -> Finding:
    files = committed()
    broken = [said for rule in RULES for said in rule(files)]
    worst = max(exposures(files).values())
    return Finding(
        figure=f"{len(RULES)} rules, {len(broken)} broken; worst exposure {worst}"
        + (f" ({'; '.join(broken)[:300]})" if broken else ""),
        holds=not broken,
    )


def control() -> Finding:
    files = committed()
    found = sum(bool(list(rule(_with_hole(files, *hole)))) for rule, *hole in HOLES)
    return Finding(
        figure=f"a hole in a file, for each rule: {found} of {len(HOLES)} found",
        holds=found < len(HOLES),
    )


def committed() -> Files:
    """As they lie in the checkout."""
    folder = ROOT / "docs" / "deploy"
    return Files(
        dockerfile=(ROOT / "Dockerfile").read_text(),
        ignored=(ROOT / ".dockerignore").read_text(),
        compose=(ROOT / "compose.yaml").read_text(),
        proxy=(folder / "nginx.conf").read_text(),
        units={name: (folder / "systemd" / name).read_text() for name in UNITS},
        role=(folder / "database" / "role.sh").read_text(),
    )


def _with_hole(files: Files, where: str, said: str, hole: str) -> Files:
    text = files.units[where] if where in files.units else str(getattr(files, where))
    if said not in text:
        raise RuntimeError(f"{where} no longer says {said!r}")
    holed = text.replace(said, hole)
    return replace(
        files, **({"units": files.units | {where: holed}} if where in files.units else {where: holed})
    )


def _systemd_analyze() -> str:
    found = shutil.which("systemd-analyze")
    if not found:
        raise RuntimeError("systemd-analyze is missing. Install it: apt-get install systemd")
    return str(Path(found))
