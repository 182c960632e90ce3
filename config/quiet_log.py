"""How an event is written to the log: where it happened, never what somebody typed."""

import logging
import traceback
from types import TracebackType

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class QuietFormatter(logging.Formatter):
    """One line an event; an exception as its kind and its frames.

    An exception's message may carry what a user typed (a database error quotes the row), so it is left out.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802 - the standard library's name
        kind, _, frames = ei
        if kind is None:
            return ""
        where = [f"  {f.filename}:{f.lineno} in {f.name}" for f in traceback.extract_tb(frames)]
        return "\n".join([f"{kind.__module__}.{kind.__qualname__} (message withheld)", *where])
