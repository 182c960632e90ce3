"""What one worker does: print what it is sent, each document within its limits, until its parent is gone.

Started as `python -m prescribing.documents.press.worker N`: N is the number of an inherited socket, standard input a
pipe from the parent. It knows no database and no settings, and its environment holds no secret.
"""

import gc
import os
import resource
import socket
import sys
import threading
from math import ceil
from pathlib import Path

from prescribing.documents.press.memory import Memory
from prescribing.documents.press.printed import AddressRefused, TooLarge
from prescribing.documents.press.typesetting import Typesetter
from prescribing.documents.press.wire import Message, State, receive, send

PROOF = '<!doctype html><html lang="nb"><title>Prøvetrykk</title><h1>Prøve</h1><p>æøå <b>23.11.</b> ☐☐☐</p></html>'
"""Printed before the first document, so that code and fonts are at hand: regular, bold, and that of the tick boxes."""


BEHIND_PAGES = 10
"""How far a worker stands back for the processes that answer with pages, where there are fewer cores than work."""


def main(link: socket.socket) -> None:
    """Print what comes over `link` until the other side is gone."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold somebody's sheet
    Memory().attach()
    typesetter = Typesetter()
    typesetter.typeset(PROOF, most_pages=1)
    _leave_warm_memory_alone()
    warm = _address_space()
    os.nice(BEHIND_PAGES)  # not before: a worker that is not warm yet is waited for
    send(link, Message(head={"state": State.READY}))
    while job := receive(link):
        limit_memory(warm + job.head["mebibytes"] * 2**20)
        limit_cpu(job.head["cpu_seconds"])
        reply = _print(typesetter, job)
        send(link, reply)
        if reply.head["state"].is_last:
            return
        gc.collect()


def _print(typesetter: Typesetter, job: Message) -> Message:
    """The answer to `job`. A crash or a signal gives none; the other side sees the line go dead."""
    try:
        printed = typesetter.typeset(job.body.decode(), most_pages=job.head["pages"])
    except TooLarge as error:
        return Message(head={"state": State.TOO_LARGE, "why": str(error)})
    except AddressRefused as error:
        return Message(head={"state": State.REFUSED, "refused": list(error.refused)})
    except MemoryError:
        return Message(head={"state": State.OUT_OF_MEMORY, "why": "The document takes too much memory."})
    except BaseException as error:  # noqa: BLE001 # FatalURLFetchingError is none of Exception's
        # The kind alone: the words of an error may be the words of a sheet.
        return Message(
            head={"state": State.UNPRINTABLE, "why": f"The typesetter broke: {type(error).__name__}."}
        )
    return Message(
        head={
            "state": State.PRINTED,
            "pages": printed.pages,
            "refused": list(printed.refused),
            "remarks": list(printed.remarks),
        },
        body=printed.pdf,
    )


def limit_memory(size: int) -> None:
    """Let this process' address space grow to `size` bytes. Beyond, Python raises MemoryError and C code falls."""
    resource.setrlimit(resource.RLIMIT_AS, (size, resource.RLIM_INFINITY))


def limit_cpu(seconds: int) -> None:
    """Let this process compute for about `seconds` more. Beyond, SIGXCPU ends it.

    The limit counts a process' whole life; hence it is moved on for each document.
    """
    used = resource.getrusage(resource.RUSAGE_SELF)
    resource.setrlimit(
        resource.RLIMIT_CPU, (ceil(used.ru_utime + used.ru_stime) + seconds, resource.RLIM_INFINITY)
    )


def _address_space() -> int:
    """Bytes that this process has mapped."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    return int(pages) * resource.getpagesize()


def _leave_warm_memory_alone() -> None:
    """Collect garbage between documents, not during them, and never look again through what was loaded before."""
    gc.collect()
    gc.freeze()
    gc.disable()


def _end_with_parent() -> None:
    """Standard input closes when the parent ends, however it ends."""
    # Not sys.stdin.read: its lock would be held by this thread when the interpreter ends.
    while os.read(sys.stdin.fileno(), 1):
        pass
    os._exit(0)


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
