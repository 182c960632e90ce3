"""A POST that was good, changed a little in one of many ways, as the bytes that go over the line."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote_plus

Fields = tuple[tuple[bytes, bytes], ...]  # as they stand in a body, escaped
Headers = tuple[tuple[bytes, bytes], ...]

FORM = b"application/x-www-form-urlencoded"
NASTY: tuple[bytes, ...] = (
    *(
        b"-1",
        b"0",
        b"1",
        b"2147483648",
        b"9223372036854775808",
        b"1e309",
        b"NaN",
        b"Infinity",
        b"1.0",
        b"+1+",
    ),
    *(b"%EF%BC%91", b"9999-12-31", b"31.12.9999", b"01.01.0001", b"30.02.2026", b"01.02.03", b"29.02.2028"),
    *(b"%00", b"a%00b", b"%FF%FE", b"%ED%A0%80", b"%C0%80", b"%E2%80%AE01+gm", b"%EF%BF%BE", b"%1B%5B31m"),
    *(
        b"",
        b"+",
        b"%0D%0ASet-Cookie%3A+x%3D1",
        b"%27+OR+1%3D1--",
        b"%7B%7B7*7%7D%7D",
        b"..%2F..%2Fetc%2Fpasswd",
    ),
    *(b"on", b"yes", b"None", b"[]", b"{}", b"true", b"x" * 5_000, b"%F0%9F%91%A9" * 500, b"%"),
)
METHODS = (
    b"PUT",
    b"DELETE",
    b"TRACE",
    b"OPTIONS",
    b"PATCH",
    b"PROPFIND",
    b"CONNECT",
    b"post",
    b"GET",
    b"HEAD",
    b"X",
)
TYPES = (
    FORM + b"; charset*=BOGUS''x",
    FORM + b"; charset=utf-7",
    FORM + b"; charset=utf-16",
    FORM + b"; charset=",
    FORM + b"; charset=\xff",
    FORM + b"; boundary=x",
    b"multipart/form-data",
    b"multipart/form-data; boundary=",
    b"multipart/form-data; boundary=" + b"x" * 300,
    b"text/xml",
    b"application/json",
    b"text/plain",
    b"/",
    b"",
)
LENGTHS = (b"0", b"5", b"-1", b"abc", b"1e3", b"99999999999999999999", b"+7", b"0x10")
COOKIES = (
    b"sessionid=" + b"a" * 16_000,
    b"sessionid=%00; csrftoken=%FF",
    b"csrftoken=x",
    b"=; ;;=;",
    b"sessionid=\xc3\x28",
    b"; ".join(b"c%d=1" % n for n in range(400)),
)
BESIDE: tuple[tuple[bytes, bytes], ...] = (
    (b"HX-Request", b"true"),
    (b"HX-Request", b"\xff"),
    (b"HX-Current-URL", b"http://[::1"),
    (b"HX-Current-URL-URI-AutoEncoded", b"true"),
    (b"Referer", b"http://[bad"),
    (b"Origin", b"null"),
    (b"Origin", b"http://evil.example"),
    (b"Host", b"evil.example"),
    (b"Host", b"127.0.0.1:99999999"),
    (b"Accept-Language", b"nb;q=" + b"9" * 400),
    (b"Accept-Encoding", b"br;q=x, *"),
    (b"X-Forwarded-For", b"::ffff:%x, \xff"),
    (b"X-Forwarded-Proto", b"gopher"),
    (b"X-Request-ID", b"a" * 9_000),
    (b"Range", b"bytes=-9999999999-"),
    (b"If-Modified-Since", b"Mon, 99 Foo 99999 99:99:99 GMT"),
    (b"If-None-Match", b'"' * 99),
    (b"Expect", b"100-continue"),
    (b"Upgrade", b"websocket"),
    (b"Content-Encoding", b"gzip"),
    (b"X-HTTP-Method-Override", b"DELETE"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A request. `cut`: it ends before its own length says, so that nobody owes it an answer."""

    path: bytes
    headers: Headers
    fields: Fields
    method: bytes = b"POST"
    body: bytes | None = None  # in place of the fields
    kind: bytes = FORM
    length: bytes | None = None
    cut: bool = False

    def whole(self) -> bytes:
        """Its body."""
        return (
            b"&".join(name + b"=" + value for name, value in self.fields) if self.body is None else self.body
        )

    @property
    def falls_short(self) -> bool:
        """Whether less of it comes than it says."""
        return self.length is not None and self.length.isdigit() and int(self.length) > len(self.whole())

    def raw(self) -> bytes:
        """The bytes."""
        body = self.whole()
        length = str(len(body)).encode() if self.length is None else self.length
        own = [(b"Content-Type", self.kind), (b"Content-Length", length), (b"Connection", b"close")]
        lines = [name + b": " + value for name, value in (*self.headers, *own)]
        return b"\r\n".join([self.method + b" " + self.path + b" HTTP/1.1", *lines, b"", body])


Mutation = Callable[[Post, random.Random], Post]


def escaped(fields: dict[str, str]) -> Fields:
    """Fields as they stand in a body."""
    return tuple((quote_plus(name).encode(), quote_plus(value).encode()) for name, value in fields.items())


# --- ways to change it: the first ones leave it good ---------------------------------------------------


def not_at_all(post: Post, chance: random.Random) -> Post:
    return post


def in_another_order(post: Post, chance: random.Random) -> Post:
    return replace(post, fields=tuple(chance.sample(post.fields, len(post.fields))))


def with_unknown_fields(post: Post, chance: random.Random) -> Post:
    more = tuple((b"unknown-%d" % n, chance.choice(NASTY)) for n in range(chance.randrange(1, 60)))
    return replace(post, fields=(*post.fields, *more))


def as_multipart(post: Post, chance: random.Random) -> Post:
    body, kind = _parts(post, b"grense")
    return replace(post, body=body, kind=kind)


def with_a_charset_said(post: Post, chance: random.Random) -> Post:
    return replace(
        post, kind=chance.choice((FORM + b"; charset=utf-8", FORM + b";charset=UTF-8", FORM.upper()))
    )


# --- ways that make it worse ----------------------------------------------------------------------------


def a_value(post: Post, chance: random.Random) -> Post:
    return _with(post, chance, lambda name, value: (name, chance.choice(NASTY)))


def several_values(post: Post, chance: random.Random) -> Post:
    for _ in range(chance.randrange(2, 12)):
        post = a_value(post, chance)
    return post


def a_name(post: Post, chance: random.Random) -> Post:
    names = (b"%00", b"%FF", b"x" * 9_000, b"", b"__proto__", b"a[b][c]", b"%F0%9F%91%A9")
    return _with(post, chance, lambda name, value: (name + chance.choice(names), value))


def a_field_twice(post: Post, chance: random.Random) -> Post:
    name, value = chance.choice(post.fields or ((b"x", b"1"),))
    return replace(post, fields=(*post.fields, (name, chance.choice((value, *NASTY)))))


def a_field_missing(post: Post, chance: random.Random) -> Post:
    gone = chance.randrange(len(post.fields) or 1)
    return replace(post, fields=tuple(one for place, one in enumerate(post.fields) if place != gone))


def fifteen_hundred_fields(post: Post, chance: random.Random) -> Post:
    return replace(post, fields=(*post.fields, *((b"f%d" % n, b"1") for n in range(1_500))))


def another_method(post: Post, chance: random.Random) -> Post:
    return replace(post, method=chance.choice(METHODS))


def another_type(post: Post, chance: random.Random) -> Post:
    return replace(post, kind=chance.choice(TYPES))


def another_length(post: Post, chance: random.Random) -> Post:
    return replace(post, length=chance.choice(LENGTHS), cut=True)


def cut_on_its_way(post: Post, chance: random.Random) -> Post:
    """Its first fields, whole and in order, and the length of all of them: a line that was lost."""
    whole = len(post.whole())
    first = post.fields[: chance.randrange(len(post.fields) // 2, len(post.fields))] if post.fields else ()
    return replace(post, fields=first, length=str(whole).encode(), cut=True)


def another_cookie(post: Post, chance: random.Random) -> Post:
    kept = tuple(one for one in post.headers if one[0] != b"Cookie")
    return replace(post, headers=(*kept, (b"Cookie", chance.choice(COOKIES))))


def another_header(post: Post, chance: random.Random) -> Post:
    name, value = chance.choice(BESIDE)
    kept = tuple(one for one in post.headers if one[0] != name)
    return replace(post, headers=(*kept, (name, value)))


def another_address(post: Post, chance: random.Random) -> Post:
    ends = (
        b"?side=-1",
        b"?back=%00",
        b"?" + b"a=1&" * 900,
        b"/",
        b"%00",
        b"%FF",
        b"/../../",
        b"?sprak=%ED%A0%80",
        b"#x",
    )
    return replace(post, path=post.path + chance.choice(ends))


def a_torn_body(post: Post, chance: random.Random) -> Post:
    body = post.raw().partition(b"\r\n\r\n")[2]
    torn = bytearray(body[: chance.randrange(len(body) + 1)])
    for _ in range(chance.randrange(20)):
        if torn:
            torn[chance.randrange(len(torn))] = chance.randrange(256)
    return replace(post, body=bytes(torn))


def a_torn_multipart(post: Post, chance: random.Random) -> Post:
    body, kind = _parts(post, b"grense")
    torn = chance.choice(
        (
            body[: chance.randrange(len(body))],
            body.replace(b"form-data", b"form-data; filename*=utf-99''%FF", 1),
            body.replace(b"name=", b"nam\x00e=", 1),
            body.replace(b"\r\n\r\n", b"\r\nContent-Transfer-Encoding: base64\r\n\r\n", 1),
            body.replace(b"\r\n\r\n", b"\r\nContent-Type: text/plain; charset=utf-7\r\n\r\n", 2),
            body.replace(b'name="', b'filename="../../x.toml"; name="', 1),
            b"--grense\r\n" * 900,
        )
    )
    return replace(post, body=torn, kind=kind)


def a_large_body(post: Post, chance: random.Random) -> Post:
    return replace(
        post, fields=(*post.fields, (b"x", b"y" * chance.choice((250_000, 262_200, 1_100_000, 3_100_000))))
    )


HARMLESS: Sequence[Mutation] = (
    not_at_all,
    in_another_order,
    with_unknown_fields,
    as_multipart,
    with_a_charset_said,
)
HARMFUL: Sequence[Mutation] = (
    *(
        a_value,
        several_values,
        several_values,
        a_name,
        a_field_twice,
        a_field_missing,
        fifteen_hundred_fields,
    ),
    *(
        another_method,
        another_type,
        another_type,
        another_length,
        cut_on_its_way,
        another_cookie,
        another_header,
        another_header,
    ),
    *(another_address, a_torn_body, a_torn_multipart),
)
RARE = (a_large_body,)


def mutated(post: Post, chance: random.Random) -> Post:
    """`post` as it is sent: a third of them still good, the others changed in one to three ways."""
    roll = chance.random()
    if roll < 0.35:
        return chance.choice(HARMLESS)(post, chance)
    if roll < 0.36:
        return chance.choice(RARE)(post, chance)
    for _ in range(chance.choice((1, 1, 2, 3))):
        post = chance.choice(HARMFUL)(post, chance)
    return post


def _with(post: Post, chance: random.Random, change: Callable[[bytes, bytes], tuple[bytes, bytes]]) -> Post:
    if not post.fields:
        return post
    place = chance.randrange(len(post.fields))
    fields = list(post.fields)
    fields[place] = change(*fields[place])
    return replace(post, fields=tuple(fields))


def _parts(post: Post, boundary: bytes) -> tuple[bytes, bytes]:
    from urllib.parse import unquote_to_bytes

    parts = [
        b'--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
        % (boundary, unquote_to_bytes(name.replace(b"+", b" ")), unquote_to_bytes(value.replace(b"+", b" ")))
        for name, value in post.fields
    ]
    return b"".join(parts) + b"--" + boundary + b"--\r\n", b"multipart/form-data; boundary=" + boundary
