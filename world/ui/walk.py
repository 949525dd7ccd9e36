"""The walk: a window, a street, sixty steps a second, and as many frames as the machine draws.

In: a recipe, a place, settings.  Out: what a person sees and hears until they leave; changed settings are saved.
Each frame: the mouse turns the head, keys make commands, the sim takes its whole steps (`world.ui.course`), and what is drawn, heard and
told lies between the last two.
"""

from __future__ import annotations

import gc
import hashlib
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from panda3d.core import ClockObject
from ursina import Entity, held_keys

from world.conditions import Conditions, calmed
from world.pipe import Pipe
from world.place import text_of_pose
from world.plan.climate import conditions_here
from world.pose import Pose
from world.recipe import Recipe
from world.recipe.peace import hunted_again, is_peaceful, peaceful
from world.recipe.write import toml_from_recipe
from world.settings import Settings, save_settings
from world.sim import Event, EventKind, World
from world.ui.city_change import CityChange
from world.ui.course import Course
from world.ui.hearing import Hearing
from world.ui.journal import Journal, machines_near
from world.ui.keepsakes import copy_place, take_picture
from world.ui.keys import Presses
from world.ui.mouse_look import MouseLook
from world.ui.overlay import Overlay
from world.ui.pause import PauseMenu
from world.ui.recipe_watch import RecipeWatch
from world.ui.screen import Screen
from world.ui.tweak import TweakPanel
from world.ui.view import View
from world.ui.why_panel import WhyPanel

_FRAME_MAX_S = 0.25  # a longer frame is a halt of the machine's, not time spent walking
_ONLY_WALK = "only walk (nobody hunts you)"


class Walk:
    """One walk on a booted app. `run()` returns when the person leaves. `edited`: shaders are, meanwhile; `only_walk`: nobody hunts."""

    def __init__(
        self,
        app: Any,
        recipe: Recipe,
        start: Callable[[Pipe], Pose],
        settings: Settings,
        *,
        quality: str,
        frozen_s: float | None = None,
        watch: RecipeWatch | None = None,
        edited: bool = False,
        only_walk: bool = False,
        journal: Journal | None = None,
        notice: str = "",
    ) -> None:
        self._hunted = recipe  # to which "only walk" goes back
        recipe = peaceful(recipe) if only_walk else recipe
        self._app, self._recipe, self._settings = app, recipe, settings
        self._frozen_s, self._watch, self._journal = frozen_s, watch, journal or Journal(None)
        pipe = Pipe(recipe)
        self._overlay = Overlay(settings)
        self._hud = self._overlay.hud
        self._hud.say("the city is being built …", 600.0)
        app.step()
        app.step()
        self._start = start(pipe)
        hour = conditions_here(recipe, frozen_s or 0.0, *self._start.position[:2])
        self._view = View(app, pipe, self._start, hour, settings, quality=quality, edited=edited)
        # What the first view needed stays: the collector need not look at those millions of objects again and again (a full
        # collection took a quarter of a second in the middle of a walk).
        gc.collect()
        gc.freeze()
        world = World.of(pipe, self._start)
        self._ahead = ThreadPoolExecutor(1, "senses")
        self._course = Course(world, self._ahead)
        self._hearing = Hearing(app, world, settings)
        self._city = CityChange(self._view.stage, pipe, world, self._start, self._ahead)
        self._look, self._screen, self._presses = MouseLook(app), Screen(app, self._focus_lost, self._hud.resize), Presses(settings.keys)
        self._tweak, self._why = TweakPanel(self.change_recipe, self._hud.say), WhyPanel(self._ahead)
        actions = {
            "walk on": self.resume,
            _ONLY_WALK: self.only_walk,
            "copy this place": lambda: self._hud.say(copy_place(self._moment.eye, self._recipe), 20.0),
            "leave": self.leave,
        }
        self._pause = PauseMenu(self.change_settings, actions)
        self._label_peace()
        self._left, self._walked_s = False, 0.0
        self._did: Counter[str] = Counter()  # since the journal's last line
        self._moment = self._course.moment(settings)
        self._keys = Entity(input=self._key, ignore_paused=True)
        self._hud.say(notice, 12.0 if notice else 0.001)
        self.resume()

    def run(self) -> None:
        """Walks until the person leaves."""
        if self._settings.fullscreen:
            self._screen.toggle()
        gc.collect()
        gc.freeze()  # the city is old: looking through it again costs 90 ms
        self._app.taskMgr.add(self._frame, "walk", sort=40)  # after input, before drawing
        try:
            while not self._left:
                self._app.step()
        finally:
            self._app.taskMgr.remove("walk")
            self._journal.close()
            self._ahead.shutdown(wait=False, cancel_futures=True)
            self._hearing.close()
            self._view.close()
            save_settings(self._settings.model_copy(update={"hints_seen": tuple(sorted(self._hud.seen))}))

    # --- each frame -------------------------------------------------------------------------------------------------------

    def _frame(self, task: Any) -> int:
        dt_s = ClockObject.getGlobalClock().getDt()
        self._follow_recipe_file(dt_s)
        self._take_over()
        if not self._pause.open:
            self._turn_head()
            for events in self._course.advance(dt_s, lambda: self._presses.next(held_keys)):
                self._happened(events)
            self._walked_s += min(dt_s, _FRAME_MAX_S)
            self._moment = self._course.moment(self._settings)
        eye = self._moment.eye
        hour = self._hour(self._moment.time_s)
        arc = self._course.throw_arc() if self._settings.throw_arc else ()
        if news := self._view.draw(eye, hour, self._moment, dt_s, arc):
            self._hud.say(news[0], 30.0 if news[1] else 6.0, alarm=news[1])
        self._hearing.listen(self._moment, hour, paused=self._pause.open)
        self._show_overlay(dt_s)
        return int(task.cont)

    def _turn_head(self) -> None:
        heading, pitch = self._look.turned_deg()
        speed = self._settings.mouse_sensitivity
        self._course.turn(heading * speed, pitch * speed * (-1.0 if self._settings.invert_y else 1.0))

    def _happened(self, events: list[Event]) -> None:
        self._overlay.stepped(events, self._course.state)
        if not events:
            return
        course = self._course
        self._moment = course.moment(self._settings, stepped=True)
        here = course.world.at(*self._moment.eye.position[:2])
        self._hearing.events(events, self._moment, here.hour(course.state.tick))
        for event in events:
            self._did[event.kind.name] += 1
            if event.kind is EventKind.CAPTURED:
                self._view.settle(self._moment.eye)

    def _hour(self, time_s: float) -> Conditions:
        """What is drawn: the sim's own hour; with `flash_safe`, light that changes slowly (the robots' eyes are not spared)."""
        time_s = self._frozen_s if self._frozen_s is not None else time_s
        hour = conditions_here(self._recipe, time_s, *self._moment.eye.position[:2])
        return calmed(hour, self._recipe) if self._settings.flash_safe else hour

    def _show_overlay(self, dt_s: float) -> None:
        moment, course = self._moment, self._course
        self._overlay.update(course.world, course.state, moment, self._hearing.cues, self._settings, dt_s, self._walked_s)
        self._why.update()
        fps = ClockObject.getGlobalClock().getAverageFrameRate()
        framed = self._overlay.reading.mode == "frame"
        self._hud.debug(self._view.words(moment, self._recipe.world.seed, fps) if framed else "")
        if self._journal.due(dt_s):
            self._journal.write(
                t=round(self._walked_s, 3),
                place=text_of_pose(moment.eye),
                paused=self._pause.open,
                mouse_caught=self._look.caught,
                recipe=hashlib.sha256(toml_from_recipe(self._recipe).encode()).hexdigest()[:16],
                seed=self._recipe.world.seed,
                peaceful=is_peaceful(self._recipe),
                alert=[int(band) for band in moment.band],
                machines=machines_near(course.state),
                events=dict(self._did),
                air=round(course.state.hands.air, 3),
                bottle=course.state.hands.bottle,
                captions=self._overlay.lines.texts,
                reading=self._overlay.reading.mode,
                chunks=self._view.standing,
                fps=round(fps, 1),
                level=self._view.level,
                message=self._hud.message,
            )
            self._did.clear()

    # --- what the person asks for -----------------------------------------------------------------------------------------

    def _key(self, key: str) -> None:
        if self._pause.key(key):
            return
        self._presses.key(key, caught=self._look.caught)
        if key == "escape":
            self._escape()
        elif key == "tab" and not self._pause.open:
            opening = not self._tweak.open
            self._tweak.show(self._recipe if opening else None)
            self._look.catch(not opening)
        elif key == "i" and not self._pause.open:
            self._why.ask(self._city.pipe, self._moment.eye)
        elif key == "f1":
            self._hud.toggle_help()
        elif key == "f2":
            self._overlay.toggle()
        elif key == "f3":
            self._overlay.reading.turn()
        elif key == "f11":
            self._screen.toggle()
        elif key == "f12":
            time_s = self._hour(self._moment.time_s).time_s
            self._hud.say(take_picture(self._view.stage.picture(), self._moment.eye, self._recipe, time_s))

    def _escape(self) -> None:
        if self._tweak.open:
            self._tweak.show(None)
            self._look.catch(True)
        elif self._pause.open:
            self.resume()
        else:
            self.pause()

    def pause(self) -> None:
        """Stands still and gives the mouse back."""
        self._look.catch(False)
        self._pause.show(self._settings, text_of_pose(self._moment.eye))

    def _focus_lost(self) -> None:
        if not self._pause.open:
            self.pause()

    def resume(self) -> None:
        """Walks on."""
        self._pause.show(None)
        self._presses.forget_taps()
        self._look.catch(not self._tweak.open)

    def only_walk(self) -> None:
        """Nobody hunts you, or again as the recipe has it."""
        if is_peaceful(self._recipe):
            self.change_recipe(hunted_again(self._recipe, self._hunted))
        else:
            self._hunted = self._recipe
            self.change_recipe(peaceful(self._recipe))

    def _label_peace(self) -> None:
        self._pause.actions[_ONLY_WALK].relabel(f"{_ONLY_WALK}: {'yes' if is_peaceful(self._recipe) else 'no'}")

    def leave(self) -> None:
        """Ends the walk after this frame."""
        self._left = True

    def change_settings(self, settings: Settings) -> None:
        """From the pause menu."""
        self._settings = settings
        self._hearing.change_settings(settings)
        self._presses.rebind(settings.keys)
        self._hud.rebind(settings.keys)
        self._view.change_settings(settings)
        self._moment = self._course.moment(settings)

    def change_recipe(self, recipe: Recipe) -> None:
        """Another city, or another hour, round the person who stands in it."""
        self._recipe = recipe
        self._city.change(recipe, self._course.state.walker.position)
        self._label_peace()

    def _take_over(self) -> None:
        """Goes on in the city that was asked for, once it is ready."""
        state = self._city.arrive(self._course.state)
        if state is not None:
            self._course.go_on_in(self._city.world, state)
            self._hearing.change_world(self._city.world)

    def _follow_recipe_file(self, dt_s: float) -> None:
        news = self._watch.poll(dt_s) if self._watch else None
        if isinstance(news, str):
            self._hud.say(news, 20.0, alarm=True)
        elif news is not None:
            self._hunted = news
            self.change_recipe(peaceful(news) if is_peaceful(self._recipe) else news)
            self._hud.say("the recipe was read again")
