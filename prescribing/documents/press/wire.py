"""How the press and its workers talk: messages of a head of plain values and a body of bytes, their lengths first."""

import json
import socket
import struct
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

LENGTHS = struct.Struct(">II")


class State(StrEnum):
    """What a worker answers: that it is ready for its first document, or how one went."""

    READY = "ready"
    PRINTED = "printed"
    TOO_LARGE = "too-large"
    REFUSED = "refused"
    OUT_OF_MEMORY = "out-of-memory"
    UNPRINTABLE = "unprintable"

    @property
    def is_last(self) -> bool:
        """Whether the worker ends after it: what broke there once may be broken for the next document."""
        return self in (State.OUT_OF_MEMORY, State.UNPRINTABLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """`head` holds strings, numbers and lists of them; `body` a document or a PDF."""

    head: dict[str, Any] = field(default_factory=dict)
    body: bytes = b""


def send(link: socket.socket, message: Message) -> None:
    """Put `message` on the line. TimeoutError and OSError as the socket has it."""
    head = json.dumps(message.head).encode()
    link.sendall(LENGTHS.pack(len(head), len(message.body)) + head + message.body)


def receive(link: socket.socket) -> Message | None:
    """The next message; None when the other side is gone, even in the middle of one."""
    lengths = _exactly(link, LENGTHS.size)
    if lengths is None:
        return None
    in_head, in_body = LENGTHS.unpack(lengths)
    whole = _exactly(link, in_head + in_body)
    if whole is None:
        return None
    return Message(head=json.loads(whole[:in_head]), body=whole[in_head:])


def _exactly(link: socket.socket, count: int) -> bytes | None:
    whole = bytearray()
    while len(whole) < count:
        part = link.recv(min(count - len(whole), 1 << 20))
        if not part:
            return None
        whole += part
    return bytes(whole)
