"""The study library as files: what sheets read becomes the domain's library, and the other way round."""

from collections.abc import Iterable

import sheets
from domain.refusal import Refusal
from domain.study.library import Fault, Kind, Library, Place, Reason, Record, WrongLibrary
from domain.study.reading import check
from domain.study.telling import records_of
from sheets import study
from sheets.study import Found, Lost, Wrong

TOML, MARKDOWN, XLSX, CSV = "toml", "md", "xlsx", "csv"
FORMATS = (XLSX, MARKDOWN, TOML, CSV)


class NoLibraryFile(Refusal):
    """The file cannot be had or read; `wrong` is the Reason, `detail` says more."""

    text = "library.no_file"


class FaultyLibrary(Refusal):
    """Mistakes in a file; then nothing of it is imported."""

    text = "library.faults"

    def __init__(self, wrong: WrongLibrary) -> None:
        super().__init__(faults=list(wrong.faults))


def as_library(found: Found) -> Library:
    """What was found in a file. Raises WrongLibrary."""
    if found.wrong:
        raise WrongLibrary([_fault(one) for one in found.wrong])
    return check([_record(one) for one in found.records])


def read(data: bytes) -> Library:
    """The library in a file that is trusted. Raises WrongLibrary, WrongFile."""
    return as_library(study.read(data))


def _record(one: study.Record) -> Record:
    places = {name: _place(place) for name, place in one.places.items()}
    return Record(Kind(one.kind.value), one.fields, _place(one.place), places)


def _place(place: study.Place) -> Place:
    return Place(place.line, place.cell)


def _fault(wrong: Wrong) -> Fault:
    reason = Reason.NOTHING if wrong.mistake is study.Mistake.NOTHING else Reason.FILE
    detail = wrong.mistake.value if not wrong.detail else f"{wrong.mistake.value}: {wrong.detail}"
    return Fault(_place(wrong.place), wrong.item, wrong.field, reason, detail)


def lost_of(found: Found) -> list[Lost]:
    """What of a file is not carried over."""
    return list(found.lost)


def write(library: Library, ending: str, language: str) -> bytes:
    """A library as a file; an empty one as a form to be filled in."""
    records = [study.Record(study.Kind(one.kind.value), study.Place(), one.fields) for one in records_of(library)]
    return _written(records, ending, language)


def _written(records: Iterable[study.Record], ending: str, language: str) -> bytes:
    told = list(records)
    if ending == TOML:
        return study.toml_of(told)
    if ending == MARKDOWN:
        return study.markdown_of(told)
    return sheets.write(study.tables(told, language), as_csv=ending == CSV)
