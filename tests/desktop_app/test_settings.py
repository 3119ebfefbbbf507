"""What is remembered between starts, also where a file cannot be reached now."""

from pathlib import Path
from typing import Any

import pytest

from desktop_app.settings import Settings


@pytest.fixture
def files(settings: Settings, tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"{name}.sqlite" for name in ("durham", "leeds", "york")]
    for path in paths:
        path.touch()
        settings.remember_file(path)
    return paths


def test_the_newest_file_stands_first_and_a_removed_one_goes(settings: Settings, files: list[Path]) -> None:
    durham, leeds, york = files
    assert settings.recent_files == [york, leeds, durham]
    leeds.unlink()
    settings.remember_file(durham)
    assert settings.recent_files == [durham, york]
    leeds.touch()
    assert settings.recent_files == [durham, york]


def test_a_file_that_cannot_be_reached_is_not_shown_and_not_forgotten(
    settings: Settings, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    durham, leeds, york = files
    is_file = Path.is_file

    def refuse(path: Path) -> Any:
        if path == leeds:
            raise OSError("The network path was not found")
        return is_file(path)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "is_file", refuse)
        assert settings.recent_files == [york, durham]
        settings.remember_file(durham)
    assert settings.recent_files == [durham, york, leeds]


def test_a_file_on_a_drive_that_is_away_comes_back_with_it(settings: Settings, tmp_path: Path) -> None:
    drive = tmp_path / "drive"
    drive.mkdir()
    (drive / "durham.sqlite").touch()
    settings.remember_file(drive / "durham.sqlite")
    drive.rename(tmp_path / "away")
    (tmp_path / "york.sqlite").touch()
    settings.remember_file(tmp_path / "york.sqlite")
    assert settings.recent_files == [tmp_path / "york.sqlite"]
    (tmp_path / "away").rename(drive)
    assert settings.recent_files == [tmp_path / "york.sqlite", drive / "durham.sqlite"]


def test_a_name_that_the_computer_refuses_is_not_shown(settings: Settings, tmp_path: Path) -> None:
    settings.remember_file(tmp_path / ("x" * 400))
    assert settings.recent_files == []
