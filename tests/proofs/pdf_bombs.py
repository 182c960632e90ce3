"""What a document that is too much for the typesetter costs: its own time, within bounds, and nobody else's."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from time import perf_counter

from tests.proofs._bombs import BOMBS
from tests.proofs._browser import NoAnswer
from tests.proofs._other_visitor import read_for, read_meanwhile
from tests.proofs._server import Server, sqlite
from tests.proofs._web_holes import APPLICATION, NO_LIMITS
from tests.proofs.proof import Finding

WHAT = "PDF: 13 bombs by two askers at once, through the page that prints, while another reads"
GOAL = "each ends in < 15 s with a clear page; the other's p95 at most doubled or under 100 ms"

LONGEST, QUICK, AT_MOST = 15.0, 0.1, 2.0
PAGE = "/kalkulator"
AT_HAND = "Arket kan ikke lages akkurat nå"


def measure() -> Finding:
    """Every bomb, as the product is."""
    return _bombed(tuple(BOMBS))


def control() -> Finding:
    """Three of them, with no limit on what a document may take; that they do not end in time is what counts."""
    return _bombed(("boxes-in-boxes", "rows", "laughing-drawing"), HOLE=NO_LIMITS)


def _bombed(bombs: tuple[str, ...], **settings: str) -> Finding:
    proxied = {"BEHIND_TLS_PROXY": "on", "HTTPS": "off", "PRESS_WORKERS": "2", "SERVED": "1"}
    with sqlite() as database, Server(database, application=APPLICATION, **proxied, **settings) as server:
        _set(server, "rad-provd", "10.0.0.9")
        before = read_for(server, PAGE, seconds=6)
        with read_meanwhile(server, PAGE) as meanwhile, ThreadPoolExecutor(2) as askers:
            ended = dict(
                zip(
                    bombs,
                    askers.map(
                        lambda n: _set(server, f"bombe-{bombs[n]}", f"10.0.0.{n % 2}"), range(len(bombs))
                    ),
                    strict=True,
                )
            )
        after = read_for(server, PAGE, seconds=6)
        well = not settings and _set(server, "sjekkliste", "10.0.0.8")[1] == "PDF"
    usual, p95 = max(before.p95, after.p95), meanwhile.p95
    slowest = max(ended, key=lambda name: ended[name][0])
    pages = sum(how == "page" for _, how in ended.values())
    pdfs = sum(how == "PDF" for _, how in ended.values())
    in_time = all(seconds < LONGEST and how in ("page", "PDF") for seconds, how in ended.values())
    spared = not meanwhile.missed and (p95 < QUICK or p95 < AT_MOST * usual)
    return Finding(
        figure=f"{len(ended)} bombs: {pages} ended with the page, {pdfs} as a PDF, the slowest ({slowest}) in "
        f"{ended[slowest][0]:.1f} s; another's {len(meanwhile.seconds)} pages meanwhile: p95 {p95 * 1000:.0f} ms "
        f"({p95 / usual:.1f} × the usual), {meanwhile.missed} missed",
        holds=in_time and (bool(settings) or (spared and well and pages > len(ended) / 2)),
    )


def _set(server: Server, paper: str, address: str) -> tuple[float, str]:
    """Ask for a paper from an address: how long it took, and what came: a PDF, the page that says why not, or what."""
    begun = perf_counter()
    try:
        answer = server.browser(timeout=LONGEST + 10).get(f"/ark/{paper}.pdf", X_Forwarded_For=address)
    except NoAnswer:
        return perf_counter() - begun, "nothing"
    seconds = perf_counter() - begun
    if answer.content.startswith(b"%PDF"):
        return seconds, "PDF"
    return seconds, "page" if answer.status_code in (429, 503) and AT_HAND in answer.text else str(
        answer.status_code
    )
