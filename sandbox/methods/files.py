"""getFile."""

from sandbox.errors import bad_request
from sandbox.methods.request import Json, Request

DOWNLOAD_LIMIT = 20 << 20


def get_file(request: Request) -> Json:
    """Where a file can be fetched: `/file/bot<token>/<file_path>`."""
    if not request.given.has("file_id"):
        raise bad_request("file_id not specified")
    file = request.world.files.by_id(request.given.text("file_id"))
    if file is None:
        raise bad_request("invalid file_id")
    if len(file.data) > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return file.as_dict()
