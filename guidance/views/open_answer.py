"""An answer that is the same for everybody: how it is packed, how long it is kept, and that any page may read it."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

_TAKES_GZIP = re.compile(r"(^|,)\s*gzip\s*(;(?!\s*q\s*=\s*0(\.0*)?\s*(,|$))[^,]*)?(,|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """Content as it travels; `tag` names these very bytes (RFC 9110, a strong ETag)."""

    content: bytes
    tag: str
    encoding: str = ""


def open_answer(
    request: HttpRequest,
    content: bytes,
    *,
    content_type: str,
    seconds: int,
    changed_at: datetime | None = None,
) -> HttpResponse:
    """`content`, to be kept `seconds` by anybody; 304 to whoever has it already. `changed_at` where that is known.

    `config.no_store` leaves what is marked `same_for_all` without cookies and without `no-store`.
    """
    packed = _as_taken(request, content)
    changed = int(changed_at.timestamp()) if changed_at else None
    whole = HttpResponse(packed.content, headers=_headers(packed, content_type, seconds, changed))
    answer = get_conditional_response(request, packed.tag, changed, whole) or whole
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Access-Control-Expose-Headers"] = "ETag"
    answer.same_for_all = True  # type: ignore[attr-defined]  # a mark for the middleware
    return answer


def absolute(request: HttpRequest, path: str) -> str:
    """`path` at the site's public address; where none is set, at the one that was asked."""
    return f"{settings.SITE_ADDRESS or f'{request.scheme}://{request.get_host()}'}{path}"


def _headers(packed: Packed, content_type: str, seconds: int, changed: int | None) -> dict[str, str]:
    headers = {
        "Content-Type": content_type,
        "Content-Encoding": packed.encoding,
        "ETag": packed.tag,
        "Last-Modified": http_date(changed) if changed else "",
        "Cache-Control": f"public, max-age={seconds}",
        "Vary": "Accept-Encoding",
    }
    return {name: value for name, value in headers.items() if value}


def _as_taken(request: HttpRequest, content: bytes) -> Packed:
    plain, zipped = _packed(content)
    return zipped if _TAKES_GZIP.search(request.headers.get("Accept-Encoding", "")) else plain


@lru_cache(maxsize=16)
def _packed(content: bytes) -> tuple[Packed, Packed]:
    """As it is, and zipped to the same bytes each time; the two are not the same to a cache, and have each its tag."""
    digest = sha256(content).hexdigest()[:32]
    return (
        Packed(content=content, tag=f'"{digest}"'),
        Packed(content=gzip.compress(content, mtime=0), tag=f'"{digest}-gzip"', encoding="gzip"),
    )
