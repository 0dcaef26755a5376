"""What is installed, and what is in the container, is the whole program: made and run here without an engine."""

import fnmatch
import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import pytest

from tests.architecture.source import ROOMS, ROOT
from tests.patience import PATIENCE

CONTAINERFILE = ROOT / "docs/deploy/Containerfile"
BASE = ("apt-get", "rm", "useradd")  # what is done to the base image, not to the program
SITE = "usr/local/lib/python/site-packages"  # where pip puts things in an image
# What setuptools puts into a wheel, without the wheel: a test needs no network, and no newer setuptools.
BUILD = """
import sys, tomllib, setuptools
with open("pyproject.toml", "rb") as file:
    told = tomllib.load(file)["tool"]["setuptools"]
packages = setuptools.find_namespace_packages(include=told["packages"]["find"]["include"])
names = {"name": "jingyi", "script_name": "setup.py"}
data = {"" if name == "*" else name: files for name, files in told["package-data"].items()}
made = setuptools.Distribution({**names, "packages": packages, "package_data": data})
build = made.get_command_obj("build_py")
build.build_lib = sys.argv[1]
made.run_command("build_py")
"""
IMPORT_ALL = """
import importlib, pkgutil, sys
site, rooms = sys.argv[1], sys.argv[2:]
for room in map(importlib.import_module, rooms):
    found = [room.__name__] + [one.name for one in pkgutil.walk_packages(room.__path__, room.__name__ + ".")]
    for name in found:
        if name.endswith("__main__") or "migrations" in name:
            continue
        file = importlib.import_module(name).__file__
        assert file is None or file.startswith(site), file
    print(room.__name__, len(found))
"""


def pyproject() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_every_tool_has_the_same_list_of_packages() -> None:
    tool = pyproject()["tool"]
    there = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert sorted(tool["mypy"]["packages"]) == sorted(there)
    assert sorted(tool["setuptools"]["packages"]["find"]["include"]) == sorted(f"{room}*" for room in ROOMS)
    assert sorted(ROOMS) == sorted(tool["importlinter"]["root_packages"]) == sorted(there - {"benchmarks"})


def test_the_container_has_no_list_of_its_own() -> None:
    words = CONTAINERFILE.read_text(encoding="utf-8").split()
    assert [room for room in ROOMS if room in words] == []


@dataclass
class Image:
    """The file tree of a stage, and where the next instruction works."""

    root: Path
    work: str = "/"
    settings: dict[str, str] = field(default_factory=dict)
    command: list[str] = field(default_factory=list)

    def at(self, path: str) -> Path:
        """Where a path of the image is on this machine."""
        return self.root / PurePosixPath(self.work, path).relative_to("/")


class Builder:
    """Does what a Containerfile says, as far as it concerns the program; what it does not know is an error."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stages: list[Image] = []
        self.names: dict[str, Image] = {}
        self.ignored = [line.rstrip("/") for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").split()]

    def build(self) -> Image:
        text = CONTAINERFILE.read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if not line.startswith("#")]
        for line in "\n".join(lines).replace("\\\n", " ").splitlines():
            if line.strip():
                name, _, words = line.partition(" ")
                getattr(self, name.lower())(words.strip())
        return self.stages[-1]

    @property
    def image(self) -> Image:
        return self.stages[-1]

    def from_(self, words: str) -> None:
        image = Image(self.folder / f"stage{len(self.stages)}")
        image.root.mkdir(parents=True)
        self.stages.append(image)
        if " AS " in words:
            self.names[words.rsplit(maxsplit=1)[-1]] = image

    def workdir(self, words: str) -> None:
        self.image.work = str(PurePosixPath(self.image.work, words))
        self.image.at(".").mkdir(parents=True, exist_ok=True)

    def copy(self, words: str) -> None:
        *sources, target = [word for word in words.split() if not word.startswith("--")]
        stage = re.search(r"--from=(\S+)", words)
        for source in sources:
            there = self.names[stage[1]].at(source) if stage else ROOT / source
            self._copy(there, self.image.at(target), ignoring=stage is None, into=len(sources) > 1 or target[-1] == "/")

    def _copy(self, source: Path, target: Path, *, ignoring: bool, into: bool) -> None:
        if source.is_file():
            assert not ignoring or not self.is_ignored(source), f"{source} is ignored"
            place = target / source.name if into or target.is_dir() else target
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, place)
            return

        def left_out(folder: str, names: list[str]) -> list[str]:
            return [one for one in names if ignoring and self.is_ignored(Path(folder, one))]

        shutil.copytree(source, target, ignore=left_out, dirs_exist_ok=True)

    def is_ignored(self, file: Path) -> bool:
        path = PurePosixPath(file.relative_to(ROOT))
        for pattern in self.ignored:
            plain = pattern.removeprefix("**/")
            if fnmatch.fnmatch(path.name if plain != pattern else str(path), plain):
                return True
        return False

    def run(self, words: str) -> None:
        for command in words.split("&&"):
            done = shlex.split(command)
            if done[:2] == ["pip", "wheel"]:
                wheels = self.image.at(done[done.index("--wheel-dir") + 1]) / "jingyi.whl"
                assert done[-1] == "."
                python("-c", BUILD, wheels, cwd=self.image.at("."))
            elif done[:2] == ["pip", "install"]:
                assert self.image.at(done[done.index("--constraint") + 1]).is_file()
                (wheel,) = self.image.at(str(PurePosixPath(done[-1]).parent)).glob("*.whl")
                shutil.copytree(wheel, self.image.root / SITE)
            else:
                assert done[0] in BASE, f"nobody knows here what {command!r} does"

    def env(self, words: str) -> None:
        self.image.settings |= dict(one.split("=", 1) for one in shlex.split(words))

    def cmd(self, words: str) -> None:
        self.image.command = [word.strip(' "') for word in words.strip("[]").split(",")]

    def nothing(self, words: str) -> None:
        """What concerns the engine alone."""

    user = volume = expose = stopsignal = healthcheck = nothing

    def __getattr__(self, name: str) -> object:
        if name == "from":
            return self.from_
        raise AssertionError(f"nobody knows here what {name.upper()} does")


def python(*words: object, cwd: Path, codes: Sequence[int] = (0,), **more: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("JINGYI_", "PYTHON"))}
    done = subprocess.run(
        [sys.executable, *map(str, words)],
        cwd=cwd,
        env=environment | more,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode in codes, done.stdout + done.stderr
    return done


@dataclass
class Container:
    """The image with a folder for its data; the libraries are this machine's, the program is the image's alone."""

    image: Image
    data: Path

    @property
    def site(self) -> Path:
        return self.image.root / SITE

    def run(self, *words: object, codes: Sequence[int] = (0,)) -> subprocess.CompletedProcess[str]:
        """Run Python without what makes a checkout importable (.pth files)."""
        libraries = {sysconfig.get_path(name) for name in ("purelib", "platlib")}
        path = os.pathsep.join([str(self.site), *libraries])
        inside, outside = self.image.work, str(self.data)
        settings = {name: value.replace(inside, outside) for name, value in self.image.settings.items()}
        settings |= {"JINGYI_TOKEN": "1:x", "JINGYI_API_URL": "http://127.0.0.1:9"}  # where nobody listens
        return python("-S", "-P", *words, cwd=self.data, codes=codes, PYTHONPATH=path, **settings)


@pytest.fixture(scope="module")
def container(tmp_path_factory: pytest.TempPathFactory) -> Container:
    folder = tmp_path_factory.mktemp("container")
    (folder / "data").mkdir()
    return Container(Builder(folder).build(), folder / "data")


def test_the_image_has_every_package_and_imports_it_from_there(container: Container) -> None:
    done = container.run("-c", IMPORT_ALL, container.site, *ROOMS)
    assert [line.split()[0] for line in done.stdout.splitlines()] == list(ROOMS)


def test_the_image_has_every_file_of_every_package(container: Container) -> None:
    def files(root: Path) -> set[str]:
        found = (file for room in ROOMS for file in (root / room).rglob("*"))
        return {str(one.relative_to(root)) for one in found if one.is_file() and "__pycache__" not in one.parts}

    assert files(ROOT) - files(container.site) == set()


def test_the_image_has_nothing_else(container: Container) -> None:
    assert {path.name for path in container.site.iterdir()} == set(ROOMS)


def test_the_program_in_the_image_makes_its_store_and_the_doctor_finds_it_well(container: Container) -> None:
    assert "doctor" in container.run("-m", "bot", "--help").stdout
    container.run("-m", "bot", "migrate")
    done = container.run("-m", "bot", "doctor", codes=(0, 1))
    assert "设置都能用" in done.stdout, done.stdout + done.stderr
    assert f"数据文件 {container.data / 'jingyi.db'} 完好" in done.stdout, done.stdout + done.stderr
    assert "平台没有回音" in done.stdout, done.stdout + done.stderr


def test_what_the_image_starts_is_the_program(container: Container) -> None:
    assert container.image.command == ["jingyi", "run"]
    assert pyproject()["project"]["scripts"] == {"jingyi": "bot.__main__:main"}
    assert (container.site / "bot/__main__.py").is_file()
