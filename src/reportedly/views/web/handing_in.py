"""Files and texts out of a form."""

from __future__ import annotations

from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request

from reportedly.documents.dates import NoDateError, parse_date
from reportedly.documents.load import FORMATS
from reportedly.views.web.adding import Handed, RefusedError
from reportedly.views.web.again import keep
from reportedly.views.web.desk import Desk
from reportedly.views.web.handling_pages import AddPage
from reportedly.views.web.settings import Settings

_LONGEST = 500
_KNOWN = ("outlet", "published", "title", "url", "story")


def add_page(desk: Desk) -> AddPage:
    """Where articles are handed in, and what became of the last ones."""
    examples = sum(1 for _ in desk.examples.glob("*.jsonl")) if desk.examples else 0
    return AddPage(
        endings=tuple(FORMATS),
        most_upload=desk.settings.most_upload,
        most_files=desk.settings.most_files,
        reading_time=desk.settings.reading_time,
        jobs=desk.adding.jobs,
        examples=examples,
    )


async def handed_in(request: Request, settings: Settings) -> tuple[list[Handed], dict[str, Any], dict[str, str]]:
    """The files and texts of a form, what is known of them, and its fields. Raises RefusedError."""
    most = settings.most_files + 1
    async with request.form(max_files=most, max_fields=40, max_part_size=settings.most_upload) as fields:
        form = {name: value for name, value in fields.items() if isinstance(value, str)}
        keep(request, form)
        uploads = [value for value in fields.getlist("files") if isinstance(value, UploadFile) and value.filename]
        files = [Handed(upload.filename or "article", await upload.read()) for upload in uploads]
    if text := form.get("text", "").strip():
        files.append(Handed(f"{form.get('title', '').strip() or 'pasted text'}.txt", text.encode("utf-8", "replace")))
    return files, _known(form), form


def _known(form: dict[str, str]) -> dict[str, Any]:
    known = {name: " ".join(form.get(name, "").split()) or None for name in _KNOWN}
    for name, value in known.items():
        if value and len(value) > _LONGEST:
            raise RefusedError(f"{name} is longer than {_LONGEST} characters; shorten it")
    if (url := known["url"]) and not url.startswith(("http://", "https://")):
        raise RefusedError("the address of the article begins with neither http:// nor https://; give it whole")
    if known["published"]:
        try:
            known["published"] = parse_date(known["published"])
        except NoDateError as error:
            raise RefusedError(f"the date is none ({error}); give one such as 2026-03-05 or 5 March 2026") from error
    return {name: value for name, value in known.items() if value}
