from pathlib import Path

import pytest

from storage.migrate import upgrade


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an empty store, and the program in it: where commands are tried."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JINGYI_DATABASE_URL", "sqlite:///jingyi.db")
    monkeypatch.setenv("JINGYI_LANGUAGE", "zh")
    upgrade(f"sqlite:///{tmp_path / 'jingyi.db'}")
    return tmp_path
