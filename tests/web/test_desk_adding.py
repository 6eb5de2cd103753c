"""What is handed in: taken, read, or refused with a reason."""

from __future__ import annotations

import errno
import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from reportedly.documents import ending_of
from reportedly.ledger import Ledger
from reportedly.views.web.adding import Adding, Handed, RefusedError, refusal, safe_name

MakeClient = Callable[..., TestClient]


def csrf_of(client: TestClient) -> str:
    return client.get("/add").text.partition('name="csrf" value="')[2][:64]


def wait(client: TestClient) -> dict[str, Any]:
    """The newest job once it is done."""
    until = time.monotonic() + 120
    while (job := client.get("/add.json").json()["jobs"][0])["state"] in ("waiting", "reading"):
        assert time.monotonic() < until, "it was not read in two minutes"
        time.sleep(0.1)
    return job  # type: ignore[no-any-return]


def is_settled(ledger: Ledger) -> bool:
    """Whether the ledger was made ready for fast answers, which is done after the job."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with sqlite3.connect(ledger.where) as kept:
            if kept.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'").fetchone():
                return True
        time.sleep(0.1)
    return False


@pytest.fixture
def desk(make_client: MakeClient, empty: Ledger) -> Iterator[TestClient]:
    client = make_client(empty)
    yield client
    client.app.state.desk.adding.close()  # type: ignore[attr-defined]


def test_a_text_and_files_are_read_and_what_fails_is_named(desk: TestClient, empty: Ledger) -> None:
    text = "Marit Solbakk, the envoy, said on Monday that Turkey would withdraw its troops from Cyprus."
    form = {"csrf": csrf_of(desk), "text": text, "outlet": "The Courier", "published": "5 March 2026", "title": "One"}
    assert desk.post("/add", data=form, files={"x": ("", b"")}).headers["location"] == "/add"
    job = wait(desk)
    assert job["state"] == "done"
    assert [row["outcome"] for row in job["rows"]] == ["new"]
    assert is_settled(empty)
    article = empty.articles()[0]
    assert (article.outlet, article.published) == ("The Courier", "2026-03-05")
    assert desk.get(f"/article/{job['rows'][0]['id']}").status_code == 200

    files = [
        ("files", ("../../two.txt", b"The minister said no on Tuesday.", "text/plain")),
        ("files", ("virus.exe", b"MZ\0\0", "application/octet-stream")),
        ("files", ("empty.txt", b"  \n", "text/plain")),
        ("files", ("broken.jsonl", b'{"id": 1, "text":\n{"text": "", "id": "b"}\n', "application/json")),
        ("files", ("binary.txt", bytes(range(256)) * 20, "text/plain")),
    ]
    assert desk.post("/add", data={"csrf": csrf_of(desk)}, files=files).status_code == 303
    job = wait(desk)
    told = {row["name"]: row for row in job["rows"]}
    assert empty.count() == 2
    assert "files of the kind .exe are not read" in told["virus.exe"]["found"]
    assert "nothing in it" in told["empty.txt"]["found"]
    assert all(row["id"] is None for name, row in told.items() if name not in ("two",))
    page = desk.get("/add").text
    assert "/tmp" not in page
    assert empty.where not in page


def test_what_takes_too_long_is_given_up(make_client: MakeClient, empty: Ledger) -> None:
    client = make_client(empty, reading_time=0.01)
    text = "He said that she had said that they would go. " * 300
    client.post("/add", data={"csrf": csrf_of(client), "text": text}, files={"x": ("", b"")})
    job = wait(client)
    assert "was given up" in job["rows"][0]["found"]
    assert empty.count() == 0
    client.app.state.desk.adding.close()  # type: ignore[attr-defined]


def test_the_articles_beside_one_that_takes_too_long_are_kept(make_client: MakeClient, empty: Ledger) -> None:
    client = make_client(empty, reading_time=2)
    long = " ".join(f"Minister {n} said that Oslo would sign the deal with Tallinn by May." for n in range(5000))
    lines = [{"id": "long", "text": long}, {"id": "short", "text": "Ana Ruiz said that Oslo would sign."}]
    feed = "\n".join(map(json.dumps, lines)).encode()
    client.post("/add", data={"csrf": csrf_of(client)}, files={"files": ("feed.jsonl", feed)})
    found = {row["name"]: row["found"] for row in wait(client)["rows"]}
    assert "more than 2 seconds and was given up" in found["long"]
    assert found["short"].startswith("1 statements, ")
    assert empty.count() == 1
    client.app.state.desk.adding.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("declared", [True, False])
def test_too_much_is_refused(make_client: MakeClient, empty: Ledger, declared: bool) -> None:
    client = make_client(empty, most_upload=50_000)
    body = b"x" * 60_000
    token = csrf_of(client)
    if declared:
        answer = client.post("/add", data={"csrf": token}, files={"files": ("a.txt", body)})
    else:
        head = b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
        parts = (part for part in (head, body, b"\r\n--b--\r\n"))
        answer = client.post("/add", content=parts, headers={"content-type": "multipart/form-data; boundary=b"})
    assert answer.status_code == 413
    assert "more than the" in answer.text
    assert not client.get("/add.json").json()["jobs"]


def test_a_small_form_takes_little(client: TestClient, csrf: str) -> None:
    answer = client.post("/correct", data={"csrf": csrf, "why": "x" * 300_000})
    assert answer.status_code == 413


def test_too_many_files_are_refused(make_client: MakeClient, empty: Ledger) -> None:
    client = make_client(empty, most_files=3)
    files = [("files", (f"{n}.txt", b"x")) for n in range(4)]
    answer = client.post("/add", data={"csrf": csrf_of(client)}, files=files)
    assert answer.status_code == 400
    assert "4 files, more than the 3" in answer.text


@pytest.mark.parametrize(
    ("form", "reason"),
    [
        ({}, "nothing was handed in"),
        ({"text": "He said so.", "published": "someday"}, "the date is none"),
        ({"text": "He said so.", "url": "file:///etc/passwd"}, "neither http:// nor https://"),
        ({"text": "He said so.", "outlet": "x" * 600}, "outlet is longer"),
    ],
)
def test_what_is_wrong_is_said(desk: TestClient, form: dict[str, str], reason: str) -> None:
    answer = desk.post("/add", data={"csrf": csrf_of(desk), **form}, files={"x": ("", b"")})
    assert answer.status_code == 400
    assert reason in answer.text.casefold()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\fakepath\\talks.html", "talks.html"),
        ("...txt", "article.txt"),
        ("<b>.txt", "b.txt"),
        ("a\0b.txt", "a_b.txt"),
        ("x" * 500 + ".txt", "x" * 120 + ".txt"),
    ],
)
def test_a_file_name_is_only_a_name(given: str, kept: str) -> None:
    assert safe_name(given) == kept
    assert Path(safe_name(given)).name == safe_name(given)


def test_a_line_that_is_full_takes_no_more(empty: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    adding = Adding(empty, dossier=None, patience=1, most_files=5)
    monkeypatch.setattr(Adding, "_read_all", lambda self: time.sleep(5))
    for _ in range(20):
        adding.hand_in([Handed("a.txt", b"He said so.")], {})
    with pytest.raises(RefusedError, match="too much is waiting"):
        adding.hand_in([Handed("a.txt", b"He said so.")], {})


def test_a_fault_while_reading_stops_one_job_and_not_the_next(
    make_client: MakeClient, empty: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = make_client(empty)
    adding = client.app.state.desk.adding  # type: ignore[attr-defined]
    read = Adding._read

    def fail_once(self: Adding, job: Any) -> None:
        monkeypatch.setattr(Adding, "_read", read)
        raise AttributeError("the reader has changed")

    monkeypatch.setattr(Adding, "_read", fail_once)
    form = {"csrf": csrf_of(client), "text": "The minister said no on Tuesday.", "outlet": "The Courier"}
    client.post("/add", data=form, files={"x": ("", b"")})
    job = wait(client)
    assert job["state"] == "stopped"
    assert "a fault of the program" in job["rows"][0]["found"]
    client.post("/add", data={**form, "csrf": csrf_of(client)}, files={"x": ("", b"")})
    assert wait(client)["state"] == "done"
    adding.close()


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "feed.rss", "crawl.warc.gz", "b.TXT"])
def test_every_kind_that_can_be_read_is_taken(name: str) -> None:
    assert refusal(Handed(name, b"something")) is None
    assert ending_of(safe_name(name)) == ending_of(name)


def test_a_full_disk_is_said(desk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "/tmp/reportedly-x/0/a.txt")

    form = {"csrf": csrf_of(desk), "text": "He said so.", "outlet": "The Courier"}
    monkeypatch.setattr(Path, "write_bytes", full)
    answer = desk.post("/add", data=form, files={"x": ("", b"")})
    assert answer.status_code == 400
    assert "No space left on device" in answer.text
    assert "/tmp" not in answer.text
    assert not desk.get("/add.json").json()["jobs"]
