"""Files that were sent, kept in memory."""

import struct
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256
from mimetypes import guess_type
from pathlib import PurePath
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came in a request."""

    name: str
    mime_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class File:
    """A file as the sandbox keeps it; `size` is width and height of a picture in pixels."""

    id: str
    unique_id: str
    path: str
    name: str
    mime_type: str
    data: bytes
    size: tuple[int, int] | None = None

    @property
    def is_photo(self) -> bool:
        """Whether it was sent as a photo."""
        return self.size is not None

    def as_dict(self) -> Json:
        """Bot API's File."""
        return self._ids() | {"file_path": self.path}

    def content(self) -> Json:
        """The field of a message that shows it: `photo` or `document`."""
        if self.size is not None:
            width, height = self.size
            return {"photo": [self._ids() | {"width": width, "height": height}]}
        return {"document": self._ids() | {"file_name": self.name, "mime_type": self.mime_type}}

    def _ids(self) -> Json:
        return {"file_id": self.id, "file_unique_id": self.unique_id, "file_size": len(self.data)}


class Files:
    """All files by their ids and by their paths."""

    def __init__(self) -> None:
        self._by_id: dict[str, File] = {}
        self._by_path: dict[str, File] = {}

    def add(self, upload: Upload, size: tuple[int, int] | None = None) -> File:
        """Keep an upload: as a photo when `size` (its width and height) is given, else as a document."""
        kind = "documents" if size is None else "photos"
        number = len(self._by_id)
        unique = _code(upload.data + kind.encode(), 12)
        name = PurePath(upload.name).name or ("file" if size is None else "photo.jpg")
        file = File(
            id=_code(f"{unique}{number}".encode(), 48),
            unique_id=unique,
            path=f"{kind}/file_{number}{PurePath(name).suffix}",
            name=name,
            mime_type=_mime_type(upload, name),
            data=upload.data,
            size=size,
        )
        self._by_id[file.id] = self._by_path[file.path] = file
        return file

    def by_id(self, file_id: str) -> File | None:
        """The file with an id."""
        return self._by_id.get(file_id)

    def by_path(self, path: str) -> File | None:
        """The file with a path as `getFile` gives it."""
        return self._by_path.get(path)


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a PNG, JPEG, GIF or WebP; None for anything else."""
    if data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) >= 24:  # noqa: PLR2004
        return struct.unpack(">II", data[16:24])
    if data[:6] in {b"GIF87a", b"GIF89a"} and len(data) >= 10:  # noqa: PLR2004
        return struct.unpack("<HH", data[6:10])
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp_size(data)
    return _jpeg_size(data) if data[:2] == b"\xff\xd8" else None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    # Segments are 0xFF, a marker, and a big-endian length; a frame header (C0 to CF but for three) has the size.
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:  # noqa: PLR2004
        marker = data[at + 1]
        if marker in range(0xC0, 0xD0) and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 1 if marker == 0xFF else 2 + int.from_bytes(data[at + 2 : at + 4], "big")  # noqa: PLR2004
    return None


def _webp_size(data: bytes) -> tuple[int, int] | None:
    body = data[20:30]
    match data[12:16]:
        case b"VP8X":
            return int.from_bytes(body[4:7], "little") + 1, int.from_bytes(body[7:10], "little") + 1
        case b"VP8 ":
            return int.from_bytes(body[6:8], "little") & 0x3FFF, int.from_bytes(body[8:10], "little") & 0x3FFF
        case b"VP8L":
            bits = int.from_bytes(body[1:5], "little")
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return None


def _mime_type(upload: Upload, name: str) -> str:
    if upload.mime_type and upload.mime_type != "application/octet-stream":
        return upload.mime_type
    return guess_type(name)[0] or "application/octet-stream"


def _code(seed: bytes, size: int) -> str:
    return urlsafe_b64encode(sha256(seed).digest() * 2)[:size].decode()
