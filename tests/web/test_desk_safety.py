"""Who may call the desk, by which name, and what they may send."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from reportedly.ledger import Ledger
from reportedly.views.web.safety import back_to
from reportedly.views.web.settings import Settings, is_local

MakeClient = Callable[..., TestClient]
TOKEN = "a-token-of-nineteen"
CHANGES = ("/correct", "/undo", "/add", "/add/examples")


def test_every_reply_forbids_what_the_desk_does_not_do(client: TestClient) -> None:
    for address in ("/", "/table.json", "/nowhere", "/static/desk.css", "/add"):
        headers = client.get(address).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:8765", "", "10.0.0.7"])
def test_another_name_is_refused(client: TestClient, host: str) -> None:
    page = client.get("/table", headers={"host": host})
    assert page.status_code == 421
    assert "not known by that name" in page.text


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "LOCALHOST", "[::1]:8765"])
def test_this_machine_is_known(client: TestClient, host: str) -> None:
    assert client.get("/articles", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("address", CHANGES)
def test_a_change_needs_a_form_of_this_desk(client: TestClient, ledger: Ledger, address: str) -> None:
    before = len(ledger.judgements())
    for form in ({}, {"csrf": "0" * 64}, {"csrf": ""}):
        answer = client.post(address, data={"kind": "not-a-statement", "by": "Eve", **form})
        assert answer.status_code == 403
        assert "was not made by this desk" in answer.text
    assert len(ledger.judgements()) == before


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
@pytest.mark.parametrize("address", CHANGES)
def test_a_change_from_another_site_is_refused(
    client: TestClient, csrf: str, headers: dict[str, str], address: str
) -> None:
    answer = client.post(address, data={"csrf": csrf}, headers=headers)
    assert answer.status_code == 403
    assert "another site" in answer.text


def test_a_form_of_another_visitor_is_refused(make_client: MakeClient, ledger: Ledger, csrf: str) -> None:
    stranger = make_client(ledger)
    stranger.get("/add")
    assert stranger.post("/undo", data={"csrf": csrf, "id": "x", "by": "Eve"}).status_code == 403


def test_changes_take_no_get(client: TestClient) -> None:
    for address in ("/correct", "/undo", "/add/examples"):
        assert client.get(address).status_code in (404, 405)


def test_a_token_opens_the_desk_once_and_for_all(make_client: MakeClient, ledger: Ledger) -> None:
    client = make_client(ledger, host="0.0.0.0", token=TOKEN)
    for address in ("/", "/table", "/table.json", "/brief.html", "/add"):
        assert client.get(address).status_code == 401
    assert client.get("/table?token=wrong").status_code == 401
    assert client.get("/table?token=" + TOKEN[:-1]).status_code == 401
    assert client.post("/undo", data={"token": TOKEN}).status_code == 401
    assert client.get("/static/desk.css").status_code == 200
    let_in = client.get(f"/table?topic=ceasefire&token={TOKEN}")
    assert let_in.status_code == 303
    assert let_in.headers["location"] == "/table?topic=ceasefire"
    assert TOKEN not in let_in.headers["set-cookie"]
    assert "HttpOnly" in let_in.headers["set-cookie"]
    assert client.get("/table").status_code == 200


def test_a_wrong_cookie_is_no_token(make_client: MakeClient, ledger: Ledger) -> None:
    client = make_client(ledger, host="0.0.0.0", token=TOKEN)
    for value in (b"", TOKEN.encode(), b"0" * 64, b"\xe9"):
        assert client.get("/table", headers={"cookie": b"reportedly_token=" + value}).status_code == 401


def test_the_way_in_leads_nowhere_else(make_client: MakeClient, ledger: Ledger) -> None:
    client = make_client(ledger, host="0.0.0.0", token=TOKEN)
    answer = client.get(f"//evil.example/?token={TOKEN}")
    assert not answer.headers.get("location", "").startswith(("//", "http"))


def test_with_a_token_the_desk_answers_to_addresses_but_not_to_names(make_client: MakeClient, ledger: Ledger) -> None:
    client = make_client(ledger, host="0.0.0.0", token=TOKEN, hosts=frozenset({"desk.newsroom"}))
    assert client.get("/", headers={"host": "192.168.1.20:8765"}).status_code == 401
    assert client.get("/", headers={"host": "desk.newsroom"}).status_code == 401
    assert client.get("/", headers={"host": "rebound.example"}).status_code == 421


@pytest.mark.parametrize(
    "given",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "x",
        "",
        None,
        "/a\r\nX: y",
        "///x",
    ],
)
def test_a_form_leads_back_to_this_desk_only(given: str | None) -> None:
    assert back_to(given, otherwise="/judgements") == "/judgements"
    assert back_to("/article/1?at=3#here", otherwise="/") == "/article/1?at=3#here"


def test_what_is_local() -> None:
    assert all(map(is_local, ("127.0.0.1", "127.1.2.3", "::1", "localhost")))
    assert not any(map(is_local, ("0.0.0.0", "192.168.1.2", "::", "example.org")))


def test_two_desks_do_not_share_secrets() -> None:
    assert Settings().secret != Settings().secret
    assert "secret" not in repr(Settings())


def test_a_fault_of_ours_says_nothing_of_the_machine(
    client: TestClient, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError(f"broken at {ledger.where}")

    monkeypatch.setattr("reportedly.views.web.showing.Showing.html", broken)
    page = client.get("/table")
    assert page.status_code == 500
    assert "The desk failed" in page.text
    assert ledger.where not in page.text
    assert "RuntimeError" not in page.text
