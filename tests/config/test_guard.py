"""What the guard before Django refuses, and what it lets through."""

from typing import Any

import pytest

from config.guard import guarded, refusal
from config.headers import GUARDING

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=----WebKitFormBoundaryAbc123"


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_the_three_methods_of_a_browser_go_through(method: str) -> None:
    assert refusal(method, "", "/") is None


@pytest.mark.parametrize(
    "method", ["TRACE", "DELETE", "PUT", "PATCH", "CONNECT", "OPTIONS", "get", "BREW", ""]
)
def test_other_methods_are_refused(method: str) -> None:
    assert refusal(method, "", "/") == "405 Method Not Allowed"


@pytest.mark.parametrize(
    "content_type", ["", FORM, f"{FORM}; charset=UTF-8", f"{FORM};charset=utf-8", MULTIPART]
)
def test_what_forms_send_goes_through(content_type: str) -> None:
    assert refusal("POST", content_type, "/konto/logg-inn/") is None


@pytest.mark.parametrize(
    "content_type",
    [
        f"{FORM}; charset*=BOGUS''x",
        f"{FORM}; charset=utf-7",
        f"{FORM}; charset=utf-8; charset=utf-7",
        "multipart/form-data",
        "text/xml",
        "application/json",
        "application/json; charset=utf-8",
        "text/plain",
        "\x00",
    ],
)
def test_other_content_types_are_refused(content_type: str) -> None:
    assert refusal("POST", content_type, "/") == "415 Unsupported Media Type"


@pytest.mark.parametrize("path", ["/cds-services", "/cds-services/x", "/fhir/PlanDefinition"])
def test_machines_may_send_json_and_ask_for_options(path: str) -> None:
    assert refusal("POST", "application/json", path) is None
    assert refusal("POST", "application/fhir+json; charset=utf-8", path) is None
    assert refusal("OPTIONS", "", path) is None


@pytest.mark.parametrize(("questions", "status"), [(200, None), (201, "400 Bad Request")])
def test_an_address_asks_so_much_and_no_more(questions: int, status: str | None) -> None:
    assert refusal("GET", "", "/", "&".join(["a=1"] * questions)) == status


def test_an_address_that_only_begins_like_theirs_is_not_a_machines() -> None:
    assert refusal("POST", "application/json", "/fhirx") == "415 Unsupported Media Type"


def ask(hsts: str = "", **environ: str) -> list[Any]:
    """Ask an application behind the guard that must not be reached; gives status and headers."""

    def never(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        raise AssertionError("the guard let it through")

    said: list[Any] = []
    list(guarded(never, hsts=hsts)(environ, lambda status, headers: said.extend([status, dict(headers)])))
    return said


def test_a_refusal_never_reaches_django() -> None:
    status, headers = ask(REQUEST_METHOD="TRACE", PATH_INFO="/")

    assert status.startswith("405")
    assert headers["Allow"] == "GET, HEAD, POST"


@pytest.mark.parametrize(
    "refused", [{"REQUEST_METHOD": "TRACE"}, {"REQUEST_METHOD": "POST", "CONTENT_TYPE": "text/xml"}]
)
def test_a_refusal_carries_the_headers_that_guard_every_other_answer(refused: dict[str, str]) -> None:
    _, headers = ask(PATH_INFO="/", **refused)

    assert headers.items() >= GUARDING.items()
    assert "Strict-Transport-Security" not in headers


def test_where_https_is_on_a_refusal_says_so_too() -> None:
    _, headers = ask(REQUEST_METHOD="TRACE", PATH_INFO="/", hsts="max-age=1")

    assert headers["Strict-Transport-Security"] == "max-age=1"


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_djangos_own_server_may_call_an_empty_body_plain_text(method: str) -> None:
    assert refusal(method, "text/plain", "/") is None
    assert refusal(method, "text/xml", "/") == "415 Unsupported Media Type"


def test_a_request_without_a_body_reaches_django() -> None:
    with pytest.raises(AssertionError, match="let it through"):
        ask(REQUEST_METHOD="GET", PATH_INFO="/")
