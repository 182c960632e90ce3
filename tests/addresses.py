"""Every address of the site, and what its door asks for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

# What stands for a part of an address, by its converter; nothing in the database answers to any of them.
SAMPLES = {
    "int": "987654321",
    "str": "x",
    "slug": "x",
    "path": "x",
    "uuid": "00000000-0000-4000-8000-000000000000",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One address: its route as the map has it, and the view behind it."""

    route: str
    pattern: URLPattern
    converters: tuple[tuple[str, Any], ...]

    @property
    def public(self) -> bool:
        """Whether the view is marked as needing no login."""
        return not getattr(self.pattern.callback, "login_required", True)

    @property
    def deed(self) -> str | None:
        """The deed its door asks for, or None where any account will do."""
        return getattr(self.pattern.callback, "deed", None)

    @property
    def example(self) -> str:
        """The address with samples in its variable parts."""
        address = self.route
        for name, converter in self.converters:
            kind = next((k for k in SAMPLES if f"<{k}:{name}>" in address), None)
            told = (
                f"<{kind}:{name}>"
                if kind
                else next(p for p in placeholders(address) if p.endswith(f":{name}>"))
            )
            sample = SAMPLES[kind] if kind else converter.example
            address = address.replace(told, sample)
        return f"/{address}"


def placeholders(route: str) -> list[str]:
    """The variable parts of a route, as written: "<int:number>"."""
    return [f"<{part.split('>')[0]}>" for part in route.split("<")[1:]]


def addresses(resolver: URLResolver | None = None, route: str = "") -> Iterator[Address]:
    """Every address of the site, in the order of the map."""
    for entry in (resolver or get_resolver()).url_patterns:
        here = route + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, here)
        else:
            yield Address(route=here, pattern=entry, converters=tuple(entry.pattern.converters.items()))
