"""Reading the parameters of an HTTP request, however they came."""

import json
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, ClientResponse, MultipartReader, hdrs, web
from aiohttp.http import HttpProcessingError

from sandbox.errors import bad_request
from sandbox.files import Upload
from sandbox.parameters import Parameters, read_json

Json = dict[str, Any]

# What comes of bodies that are no parts, no text, or in an encoding that nobody knows.
UNREADABLE = (ValueError, LookupError, HttpProcessingError)


async def parameters_of(http: web.Request) -> Parameters:
    """Query string, then body: JSON, a form, or parts. Raises ApiError 400: a body that can't be read."""
    values: Json = dict(http.query)
    files: dict[str, Upload] = {}
    try:
        if http.content_type == "application/json":
            values |= await _json(http)
        elif http.content_type.startswith("multipart/"):
            await _parts(await http.multipart(), values, files)
        elif http.content_type == "application/x-www-form-urlencoded" and http.can_read_body:
            values |= {name: value for name, value in (await http.post()).items() if isinstance(value, str)}
    except UNREADABLE:
        raise bad_request("can't parse request") from None
    return Parameters(values, files)


async def answered(answer: ClientResponse) -> Parameters:
    """The parameters in the answer to a delivery; none where it holds no call."""
    values: Json = {}
    files: dict[str, Upload] = {}
    if answer.content_type.startswith("multipart/"):
        await _parts(MultipartReader.from_response(answer), values, files)  # type: ignore[arg-type]
        return Parameters(values, files)
    body = await answer.read()
    if answer.content_type == "application/x-www-form-urlencoded":
        return Parameters(dict(parse_qsl(body.decode())))
    try:
        found = json.loads(body)
    except ValueError:
        found = None
    return Parameters(found if isinstance(found, dict) else {})


async def _json(http: web.Request) -> Json:
    body = await http.read()
    if not body:
        return {}
    try:
        values = read_json(body.decode())
    except ValueError:
        values = None
    if not isinstance(values, dict):
        raise bad_request("can't parse request: Request body must be a JSON Object")
    return values


async def _parts(parts: MultipartReader, values: Json, files: dict[str, Upload]) -> None:
    async for part in parts:
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        data = await part.read(decode=True)
        if part.filename is None:
            values[part.name] = data.decode(errors="replace")
        else:
            mime_type = part.headers.get(hdrs.CONTENT_TYPE, "")
            files[part.name] = Upload(part.filename, mime_type, bytes(data))
