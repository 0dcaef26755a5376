"""Files that programs send, checked as Telegram does."""

from sandbox.errors import ApiError, bad_request
from sandbox.files import File, Upload, picture_size
from sandbox.methods.request import Request

MEGABYTE = 1 << 20
PHOTO_LIMIT = 10 * MEGABYTE
DOCUMENT_LIMIT = 50 * MEGABYTE
MAX_SIDES_PIXELS = 10_000
STEEPEST = 20


def one_of(request: Request, kind: str, given: Upload | str) -> File:
    """A file for an InputMedia of a kind. Raises ApiError 400: another kind than `photo` and `document`."""
    if kind not in {"photo", "document"}:
        raise bad_request(f"type of the media must be photo or document in the sandbox, not {kind or 'empty'}")
    return photo(request, given) if kind == "photo" else document(request, given)


def photo(request: Request, given: Upload | str) -> File:
    """Keep an uploaded photo, or find one that was sent before. Raises ApiError 400."""
    if isinstance(given, str):
        return _known(request, given, "photo")
    if len(given.data) > PHOTO_LIMIT:
        raise bad_request(f"file of size {len(given.data)} bytes is too big for a photo")
    return request.world.files.add(_full(given, "photo"), _photo_size(given.data))


def document(request: Request, given: Upload | str) -> File:
    """Keep an uploaded file, or find one that was sent before. Raises ApiError 400 or 413."""
    if isinstance(given, str):
        return _known(request, given, "document")
    if len(given.data) > DOCUMENT_LIMIT:
        raise ApiError(413, "Request Entity Too Large")
    return request.world.files.add(_full(given, "document"))


def _full(given: Upload, what: str) -> Upload:
    if not given.data:
        raise bad_request(f"file must be non-empty: {what}")
    return given


def _photo_size(data: bytes) -> tuple[int, int]:
    size = picture_size(data)
    if size is None or 0 in size:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if sum(size) > MAX_SIDES_PIXELS or max(size) > STEEPEST * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return size


def _known(request: Request, name: str, what: str) -> File:
    if not name:
        raise bad_request(f"there is no {what} in the request")
    if name.startswith(("http://", "https://")):
        # The sandbox fetches nothing from anywhere.
        raise bad_request("failed to get HTTP URL content")
    file = request.world.files.by_id(name)
    if file is None:
        raise bad_request("wrong remote file identifier specified: can't unserialize it. Wrong last symbol")
    if file.is_photo != (what == "photo"):
        kinds = ("Document", "Photo")
        raise bad_request(f"can't use file of type {kinds[file.is_photo]} as {kinds[not file.is_photo]}")
    return file
