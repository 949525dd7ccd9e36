"""Keys, the recipe's watcher, and the panels on a real (windowless) screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from world.recipe import Recipe, load_recipe, recipe_from_toml
from world.sim import Button


def test_keys_make_buttons(app: Any) -> None:
    from world.ui.keys import BINDINGS, buttons_of

    assert set(BINDINGS) == set(Button) - {Button.NONE}
    keys = [key for bound in BINDINGS.values() for key in bound]
    assert len(keys) == len(set(keys))
    assert buttons_of({}) == Button.NONE
    assert buttons_of({"w": 1, "left shift": 1, "d": 0, "q": True}) == Button.FORWARD | Button.RUN | Button.LEAN_LEFT


def test_held_keys_come_from_the_engine_by_their_place_on_the_keyboard(app: Any) -> None:
    from ursina import held_keys

    from world.ui.keys import buttons_of

    app.input("w", is_raw=True)
    app.input("control")
    app.input("lcontrol")
    assert buttons_of(held_keys) == Button.FORWARD | Button.CROUCH
    app.input_up("w", is_raw=True)
    app.input_up("lcontrol")
    assert buttons_of(held_keys) == Button.NONE


def test_the_watcher_reads_what_has_been_saved_once(tmp_path: Path, app: Any) -> None:
    from world.ui.recipe_watch import RecipeWatch

    file = tmp_path / "mine.toml"
    file.write_text("[water]\nlevel_m = 0.0\n")
    watch = RecipeWatch(file, lambda: load_recipe(str(file)))

    def news() -> list[Recipe | str]:
        return [found for _ in range(6) if (found := watch.poll(0.6)) is not None]

    assert news() == []
    file.write_text("[water]\nlevel_m = 0.25\n")
    assert [recipe.water.level_m for recipe in news()] == [0.25]
    file.write_text("[water]\nlevel_m = 25.0\n")
    assert ["must be a number from" in line for line in news()] == [True]
    file.unlink()
    assert news() == []
    file.write_text("[water]\nlevel_m = 0.125\n")
    assert [recipe.water.level_m for recipe in news()] == [0.125]


def test_the_watcher_reads_again_when_a_painted_map_was_saved(tmp_path: Path, app: Any) -> None:
    from PIL import Image

    from world.ui.recipe_watch import RecipeWatch

    file, paint = tmp_path / "mine.toml", tmp_path / "paint.png"
    Image.new("L", (4, 4), 0).save(paint)
    shape = 'shape = "map"\nfile = "paint.png"\nx = 0\ny = 0\nwidth_m = 90\nheight_m = 90\n'
    file.write_text(f"[[local]]\n{shape}neon.signs = 0\n")
    watch = RecipeWatch(file, lambda: load_recipe(str(file)))
    assert [watch.poll(0.6) for _ in range(4)] == [None] * 4
    Image.new("L", (4, 5), 255).save(paint)
    news = [found for _ in range(4) if (found := watch.poll(0.6)) is not None]
    assert len(news) == 1 and news[0].local[0].shape.pixels == bytes([255] * 20)
    paint.write_bytes(b"")
    news = [found for _ in range(4) if (found := watch.poll(0.6)) is not None]
    assert len(news) == 1 and "is no PNG" in news[0]


def test_a_copied_place_leads_back_to_the_same_city(monkeypatch: pytest.MonkeyPatch, app: Any) -> None:
    from world.pose import Pose
    from world.recipe.load import read_recipe
    from world.ui import keepsakes

    copied: list[str] = []
    monkeypatch.setattr(keepsakes.pyperclip, "copy", copied.append)
    recipe = recipe_from_toml("[world]\nseed = 9\n[neon]\nsigns = 3\n")
    assert keepsakes.copy_place(Pose((1.0, -2.0, 1.65), 90.0), recipe) == f"copied: {copied[0]}"
    option, code = copied[0].split()
    assert option == "--code" and read_recipe(code)[0] == recipe and read_recipe(code)[1].at == "1.00,-2.00,1.65/90.0"


@pytest.fixture
def panel(app: Any) -> tuple[Any, list[Recipe], list[str]]:
    from world.ui.tweak import TweakPanel

    changes: list[Recipe] = []
    said: list[str] = []
    panel = TweakPanel(changes.append, said.append)
    panel.show(Recipe())
    return panel, changes, said


def _row(tweak: Any, name: str) -> Any:
    """The slider of a knob, its section turned to."""
    section = name.split(".")[0]
    tweak.turn(tweak._names.index(section) - tweak._section)
    return tweak._rows[[knob.name for knob in tweak._sections[section]].index(name)]


def test_every_knob_but_the_seeds_has_a_slider(
    panel: tuple[Any, list[Recipe], list[str]], app: Any, engine_log: Callable[[], list[str]]
) -> None:
    from world.recipe import all_knobs

    seen = set()
    for _ in range(len(Recipe.model_fields)):
        panel[0].turn(1)
        app.step()
        seen |= {row._label.text for row in panel[0]._rows if row.enabled}
    assert seen == {knob.label for knob in all_knobs() if knob.field != "seed"}


def test_a_slider_that_is_let_go_changes_its_knob_alone(panel: tuple[Any, list[Recipe], list[str]]) -> None:
    tweak, changes, _ = panel
    row = _row(tweak, "roads.cell_m")
    row.slider.value = 300.0  # being dragged: nothing is rebuilt yet
    assert changes == []
    row._dropped()
    assert changes[-1].roads.cell_m == pytest.approx(300.0, abs=0.1)
    assert changes[-1].model_copy(update={"roads": Recipe().roads}) == Recipe()


def test_who_sharpens_their_ears_is_told_what_fairness_holds_back(panel: tuple[Any, list[Recipe], list[str]]) -> None:
    tweak, changes, said = panel
    row = _row(tweak, "patrol.hearing_db")
    for value in (-6.0, 12.0):
        row.slider.value = value
        row._dropped()
    assert changes[-1].patrol.hearing_db == 12.0 and len(said) == 1 and "hum" in said[0]


def test_a_slider_of_a_mere_number_acts_while_it_moves(panel: tuple[Any, list[Recipe], list[str]]) -> None:
    tweak, changes, _ = panel
    _row(tweak, "weather.rain_mm_h").slider.value = 30.0
    assert changes[-1].weather.rain_mm_h == pytest.approx(30.0, abs=0.1)


def test_every_change_is_taken_back_a_drag_as_one(panel: tuple[Any, list[Recipe], list[str]]) -> None:
    tweak, changes, said = panel
    rain = _row(tweak, "weather.rain_mm_h")
    for value in (10.0, 20.0, 30.0):
        rain.slider.value = value
    tweak.another_city()
    tweak.shuffle()
    assert changes[-1].weather != changes[-2].weather and changes[-1].roads == Recipe().roads
    tweak.undo()
    assert changes[-1].weather.rain_mm_h == pytest.approx(30.0, abs=0.1)
    assert changes[-1].world.seed == Recipe().world.seed + 1
    tweak.undo()
    tweak.undo()
    assert changes[-1] == Recipe()
    tweak.undo()
    assert "nothing to take back" in said[-1]


def test_a_section_is_rolled_alone_and_a_locked_one_outlasts_the_seed(panel: tuple[Any, list[Recipe], list[str]]) -> None:
    tweak, changes, _ = panel
    _row(tweak, "neon.signs")
    tweak.lock()
    tweak.another_city()
    assert changes[-1].seed_of("neon") == Recipe().world.seed != changes[-1].seed_of("ruin")
    tweak.lock()
    assert changes[-1].neon.seed == -1
    _row(tweak, "ruin.damage")
    tweak.roll()
    assert changes[-1].ruin.seed >= 0 and changes[-1].seed_of("neon") == changes[-1].world.seed


def test_the_recipe_is_saved_beside_what_is_there(
    panel: tuple[Any, list[Recipe], list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tweak, changes, said = panel
    monkeypatch.chdir(tmp_path)
    tweak.another_city()
    tweak.save()
    tweak.save()
    name = f"city-{changes[-1].world.seed}"
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{name}-2.toml", f"{name}.toml"]
    assert recipe_from_toml((tmp_path / f"{name}.toml").read_text()) == changes[-1]
    assert f"{name}-2.toml" in said[-1]


def test_the_pause_menu_changes_settings(app: Any, engine_log: Callable[[], list[str]]) -> None:
    from world.settings import Settings
    from world.ui.pause import PauseMenu

    changes: list[Settings] = []
    menu = PauseMenu(changes.append, {"walk on": lambda: None})
    menu.show(Settings(), "1,2/3")
    app.step()
    menu._rows["fov_deg"].slider.value = 100.0
    menu._switch("flash_safe")
    assert changes[-1] == Settings(fov_deg=100.0, flash_safe=True)
    menu.show(None)
    app.step()
    assert not menu.open


def test_the_pause_menu_has_a_page_for_the_picture_and_every_setting_on_some_page(app: Any) -> None:
    from world.settings import Grade, Settings
    from world.ui.pause import PauseMenu

    changes: list[Settings] = []
    menu = PauseMenu(changes.append, {"walk on": lambda: None})
    menu.show(Settings(), "1,2/3")
    assert {*menu._rows, *menu._switches} == set(Settings.model_fields) - {"fullscreen", "hints_seen", "keys"}
    menu.turn_to("picture")
    assert [name for name, page in menu._pages.items() if page.enabled] == ["picture"]
    menu._rows["bloom"].slider.value = 0.5
    menu._switch("adapting")
    assert changes[-1] == Settings(bloom=0.5, adapting=False)
    seen = []
    for _ in range(5):
        menu._switch("quality")
        seen.append(changes[-1].quality)
    assert sorted(seen) == ["auto", "high", "low", "medium", "ultra"]
    assert set(Grade.model_fields) <= {*menu._rows, *menu._switches}


def test_words_show_latin_and_japanese(app: Any, engine_log: Callable[[], list[str]]) -> None:
    from world.ui.words import Words

    words = Words(0, 0)
    for text in ("[servo hum, left, near, searching]", "渋谷 24時間 — café", ""):
        words.set(text)
        app.step()
        assert words.text == text
        assert (words.path.getTightBounds() is not None) == bool(text)
    words.path.removeNode()


def test_the_answer_to_why_comes_beside_the_walk_and_goes_when_asked_again(app: Any) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from world.pipe import Pipe
    from world.pose import Pose
    from world.ui.why_panel import WhyPanel

    pipe = Pipe(Recipe())
    down = Pose(pipe.start().position, 0.0, -80.0)
    with ThreadPoolExecutor(1) as beside:
        panel = WhyPanel(beside)
        panel.ask(pipe, down)
        assert panel.text == "…"
    panel.update()
    assert panel.text.startswith("the ground") and "made by world.plan" in panel.text
    panel.ask(pipe, down)
    assert panel.text == ""
