"""Settings survive everything that happens to files."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from pydantic import ValidationError

from world.errors import Refusal
from world.settings import Settings, limits_of, load_settings, save_settings, settings_path


def test_defaults_without_a_file_and_back_again(_own_settings: Path) -> None:
    assert settings_path().parent == _own_settings
    assert load_settings() == (Settings(), "")
    mine = Settings(fov_deg=95.5, invert_y=True, quality="low", hints_seen=("walk", "crouch"), keys=("strike=r", 'use="'))
    save_settings(mine)
    assert load_settings() == (mine, "")
    assert [path.name for path in _own_settings.iterdir()] == ["settings.toml"]


def test_whole_numbers_will_do(_own_settings: Path) -> None:
    settings_path().write_text("fov_deg = 90\nhead_bob = 0\n")
    settings, wrong = load_settings()
    assert (settings.fov_deg, settings.head_bob, wrong) == (90.0, 0.0, "")


@pytest.mark.parametrize(("switch", "choice"), [("true", "threats"), ("false", "off"), ('"all"', "all")])
def test_captions_that_were_a_switch_become_a_choice(_own_settings: Path, switch: str, choice: str) -> None:
    settings_path().write_text(f"captions = {switch}\n")
    settings, wrong = load_settings()
    assert (settings.captions, wrong) == (choice, "")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("fov_deg = 900", "fov_deg = 900"),
        ("fov_deg = 'wide'", "fov_deg = 'wide'"),
        ("volume = nan", "volume = nan"),
        ("nonsense = 1", "nonsense"),
        ("quality = 'cinema'", "quality = 'cinema'"),
        ("captions = 'loud'", "captions = 'loud'"),
        ("keys = ['strike']", "keys.0 = 'strike'"),
        ("[broken", "not valid TOML"),
    ],
)
def test_a_broken_file_is_reported_and_kept(_own_settings: Path, text: str, says: str) -> None:
    for number in ("", "-2"):
        settings_path().write_text(text)
        settings, wrong = load_settings()
        assert settings == Settings()
        assert says in wrong
        assert f"settings.broken{number}.toml" in wrong
        assert (_own_settings / f"settings.broken{number}.toml").read_text() == text
        assert not settings_path().exists()


def test_numbers_have_ranges_and_all_have_labels() -> None:
    for name, field in Settings.model_fields.items():
        assert field.title, name
        if limits := limits_of(name):
            low, high = limits
            assert low <= getattr(Settings(), name) <= high
            with pytest.raises(ValidationError):
                Settings(**{name: high + 0.01})
    assert limits_of("invert_y") is None


def test_qualities_are_those_of_the_stage() -> None:
    from world.settings import Quality
    from world.stage.quality import AUTO, QUALITIES

    assert get_args(Quality) == (*QUALITIES, AUTO)


def test_the_first_choice_suits_the_graphics() -> None:
    from world.stage.quality import fitting

    first = Settings().quality
    assert fitting(first, "llvmpipe (LLVM 15.0.6, 256 bits)") == fitting(first, "GDI Generic") == "medium"
    assert fitting(first, "Mesa Intel(R) UHD Graphics 620") == fitting(first, "Apple M2") == "auto"
    assert fitting("high", "llvmpipe") == "high"


def test_captions_are_those_of_the_command_line() -> None:
    from world.cli.parser import CAPTIONS
    from world.settings import Captions

    assert get_args(Captions) == CAPTIONS


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Refusal, match="cannot be saved"):
        save_settings(Settings(), tmp_path / "file" / "settings.toml")
