"""What an ear hears that goes through a city: machines by kind and harm, the chosen voices, ducking, one's own heart, places, music."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from flatland import box
from lamplit import lamplit, posted

from world.plan import plan_chunk
from world.pose import Pose
from world.recipe import Recipe, with_settings
from world.sim import Band, Event, EventKind, Kind, Snapshot, World, snapshot
from world.sim.kinds import Harm
from world.sim.state import Hands
from world.sound import Bus, CityPlaces, Listener, Shot, Voice, hear, shots
from world.sound.audible import turn_rates
from world.sound.body import REST_BPM, Body
from world.sound.happenings import STRIDE_M, footfalls, surface_at
from world.sound.heard import Heard, ahead_of, angles_of
from world.sound.listener import KEEPS_DB, VOICES_MAX, Choice, ducking, turned
from world.sound.murmurs import _OF_THING, Places, Sources, calls, table
from world.sound.repertoire import LOOPS, SHOTS
from world.sound.score import CHORDS, NOTES, PHRASE_S, score
from world.sound.spaces import Space
from world.space import Material
from world.things import KINDS

EAR = (0.0, -60.0, 1.65)


def moment(world: World, robot: tuple[float, float] = (0.0, -50.0), time_s: float = 0.0, **changed: Any) -> Snapshot:
    state = posted(world.first(), robot, (0.0, -1.0))
    return replace(snapshot(state, state), eye=Pose(EAR, 0.0), time_s=time_s, **changed)


def families(world: World, now: Snapshot, before: Snapshot | None = None) -> dict[str, Voice]:
    return {voice.key[0]: voice for voice in hear(world, now, world.hour(0), before=before).voices}


def one(kind: int) -> Any:
    return np.array([kind])


# --- machines -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_hums_its_own_hum_coded_by_its_band(kind: Kind) -> None:
    world = lamplit()
    bands = (Band.UNAWARE, Band.SUSPICIOUS, Band.PURSUIT)
    sounds = [families(world, moment(world, kind=one(kind), band=one(band)))["hum"].sound for band in bands]
    assert sounds == [f"hum/{kind.name}/{code}" for code in (0, 1, 3)] and all(sound in LOOPS for sound in sounds)


def test_what_is_broken_sounds_broken() -> None:
    world = lamplit()

    def broken(harm: Harm) -> set[str]:
        return set(families(world, moment(world, harm=one(harm))))

    assert broken(Harm.NONE) == {"hum"}
    assert broken(Harm.JOINT) == {"hum", "limp"} and broken(Harm.SENSOR) == {"hum", "blind"}
    assert broken(Harm.CIRCUIT) == {"sparks"} and broken(Harm.CIRCUIT | Harm.JOINT) == {"sparks"}


def test_wheels_are_heard_while_they_roll_and_the_faster_the_louder() -> None:
    world = lamplit()
    slow, fast = (families(world, moment(world, kind=one(Kind.HEAVY), speed_m_s=np.array([v])))["wheels"] for v in (0.8, 1.6))
    assert fast.level_db - slow.level_db == pytest.approx(6.0, abs=0.1)
    assert "wheels" not in families(world, moment(world, kind=one(Kind.HEAVY), speed_m_s=np.array([0.0])))
    assert "wheels" not in families(world, moment(world, kind=one(Kind.GLIDER), speed_m_s=np.array([1.2])))


def test_a_head_that_turns_whirs_and_a_body_that_turns_with_it_does_not() -> None:
    world = lamplit()
    was = moment(world, heading_deg=np.array([350.0]), head_deg=np.array([350.0]))
    head = moment(world, time_s=0.1, heading_deg=np.array([350.0]), head_deg=np.array([2.0]))
    body = moment(world, time_s=0.1, heading_deg=np.array([2.0]), head_deg=np.array([2.0]))
    assert turn_rates(was, head)[0] == pytest.approx(120.0) and turn_rates(was, body)[0] == pytest.approx(0.0, abs=1e-6)
    assert "whir" in families(world, head, was) and "whir" not in families(world, body, was)
    assert turn_rates(replace(was, key=was.key + 1), head)[0] == 0.0, "another machine"


def test_a_runners_feet_come_down_by_the_way_it_went() -> None:
    world = lamplit()
    first = moment(world, kind=one(Kind.RUNNER), speed_m_s=np.array([2.0]))
    track = [replace(first, time_s=k / 20, travelled_m=np.array([0.1 * k])) for k in range(60)]
    steps = [shot for a, b in pairwise(track) for shot in footfalls(world, a, b, world.hour(0))]
    assert len(steps) == int(0.1 * 59 / STRIDE_M)
    assert {shot.sound for shot in steps} == {"footfall"} and all(shot.bus == Bus.MACHINES for shot in steps)
    gliding = [replace(one_moment, kind=one(Kind.GLIDER)) for one_moment in track]
    assert not [shot for a, b in pairwise(gliding) for shot in footfalls(world, a, b, world.hour(0))]


# --- events -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", EventKind)
def test_every_event_that_sounds_has_a_sound(kind: EventKind) -> None:
    world = lamplit()
    now = moment(world)
    silent = {EventKind.CALM, EventKind.SHELTER}
    for material in Material:
        for puddle in (False, True):
            robot = 0 if kind in (EventKind.CHIRP, EventKind.STRIKE, EventKind.FOUND) else -1
            event = Event(kind, 3, (0.0, -58.0, 0.0), 74.0, material, puddle, robot, harm=int(Harm.JOINT))
            found = shots(world, now, world.hour(0), [event])
            assert len(found) == (0 if kind in silent else 1)
            assert all(shot.sound in SHOTS and shot.event is event for shot in found)


def test_a_bottle_is_heard_where_it_falls_and_ones_own_steps_are_not_placed() -> None:
    world = lamplit([box(-30, -54, 38, 0.5, 8)])
    now = moment(world)
    free = shots(world, now, world.hour(0), [Event(EventKind.BOTTLE, 1, (-9.0, -60.0, 0.1), 80.0, Material.METAL)])[0]
    hidden = shots(world, now, world.hour(0), [Event(EventKind.BOTTLE, 1, (0.0, -48.0, 0.1), 80.0, Material.METAL)])[0]
    assert free.sound == "bottle/METAL" and free.lateral == pytest.approx(-1.0, abs=0.05)
    assert hidden.cutoff_hz < free.cutoff_hz and hidden.lateral > 0.5, "round the end of the wall"
    step = shots(world, now, world.hour(0), [Event(EventKind.FOOTSTEP, 1, (0.0, -60.0, 0.0), 54.0)])[0]
    assert step.distance_m == 1.0 and step.lateral == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize(
    ("speed", "crouched", "gait"), [(0.8, False, "creep"), (1.2, True, "creep"), (1.6, False, "walk"), (4.5, False, "run")]
)
def test_steps_by_gait(speed: float, crouched: bool, gait: str) -> None:
    world = lamplit()
    now = moment(world)
    now = replace(now, walker=replace(now.walker, velocity=(0.0, speed, 0.0), crouched=crouched))
    step = shots(world, now, world.hour(0), [Event(EventKind.FOOTSTEP, 1, (0.0, -60.0, 0.0), 54.0, Material.METAL)])[0]
    assert step.sound == f"step/METAL/{gait}"


def test_in_rooms_one_treads_on_what_their_floor_is_made_of() -> None:
    from world.plan.interior import interior_of
    from world.plan.rooms import Look

    recipe, found = Recipe(), {}
    for cx in range(-3, 4):
        for cy in range(-3, 4):
            for building in plan_chunk(recipe, cx, cy).buildings:
                inside = interior_of(recipe, building)
                for room in inside.rooms if inside else ():
                    x, y = inside.world((room.box.x0 + room.box.x1) / 2, (room.box.y0 + room.box.y1) / 2)
                    found[room.look] = surface_at(recipe, (x, y, room.box.z0), Material.CONCRETE)
    assert found[Look.CAFE] == "WOOD" and found[Look.ARCADE] == "CARPET" and found[Look.HOME] == "MAT"
    assert surface_at(recipe, (0.0, 0.0, 40.0), Material.CONCRETE) == "CONCRETE"


# --- which voices play, and what gives way ------------------------------------------------------------------------------------


def voice(identity: int, above: float, direction: tuple[float, float, float] = (0.0, 1.0, 0.0), band: int = 0) -> Voice:
    return Voice(("hum", 0), 40.0, above, 0.5, 0.0, 0.0, 9000.0, 0.0, 9.0, band, direction, "hum/GLIDER/0", identity)


def test_a_voice_keeps_its_place_until_another_is_clearly_more_audible() -> None:
    choice = Choice(2)
    assert {v.identity for v in choice.of([voice(1, 10), voice(2, 9), voice(3, 8)])} == {1, 2}
    assert {v.identity for v in choice.of([voice(1, 10), voice(2, 9), voice(3, 9 + 0.9 * KEEPS_DB)])} == {1, 2}
    assert {v.identity for v in choice.of([voice(1, 10), voice(2, 9), voice(3, 9 + 1.1 * KEEPS_DB)])} == {1, 3}
    assert len(Choice().of([voice(k, k) for k in range(60)])) == VOICES_MAX


def test_thunder_near_by_and_capture_duck_what_lies_under_them_and_let_it_come_back() -> None:
    near, far = (Shot(10.0, "thunder", 0, Bus.WEATHER, gain, 0.0, 8000.0) for gain in (1.5, 0.1))
    caught = Shot(10.0, "sting", 0, Bus.MACHINES, 0.4, 0.0, 8000.0, event=Event(EventKind.CAPTURED, 600, (0.0, 0.0, 0.0)))
    assert ducking([near], 9.9) == 1.0 and ducking([near], 11.0) == pytest.approx(0.35)
    assert ducking([far], 11.0) > 0.9 and ducking([caught], 11.0) == pytest.approx(0.2)
    back = [ducking([near], 10.0 + t) for t in np.arange(2.6, 9.0, 0.1)]
    assert (np.diff(back) >= 0).all() and back[-1] > 0.97
    glide = [ducking([near], 10.0 + t) for t in np.arange(0.0, 9.0, 0.01)]
    assert abs(np.diff(glide)).max() < 0.2, "no click"


def test_a_head_that_turns_hears_the_same_from_elsewhere() -> None:
    world = lamplit()
    heard = hear(world, moment(world), world.hour(0))
    later = turned(heard, replace(moment(world, time_s=0.02), eye=Pose(EAR, 90.0)))
    assert later.voices[0].azimuth_deg == pytest.approx(heard.voices[0].azimuth_deg - 90.0, abs=0.01)
    assert later.heading_deg == 90.0 and later.time_s == 0.02
    x, y, z = ahead_of(90.0, later.voices[0].direction)
    azimuth, elevation = angles_of(Pose(EAR, 90.0), later.voices[0].direction)
    assert np.degrees(np.arctan2(x, y)) == pytest.approx(azimuth) and np.degrees(np.arcsin(z)) == pytest.approx(elevation)


# --- one's own body -----------------------------------------------------------------------------------------------------------


def lived(world: World, seconds: float, band: int, **changed: Any) -> tuple[Body, list[Shot]]:
    body, begun = Body(world), []
    for k in range(round(seconds * 20)):
        now = moment(world, time_s=k / 20, **changed)
        heard = Heard(k / 20, (voice(1, 12.0, band=band),) if band >= 0 else ())
        begun += body.feel(now, heard)
    return body, begun


def test_the_heart_races_as_machines_are_alarmed_and_is_not_heard_at_rest() -> None:
    world = lamplit(lux=0.01)
    calm, quiet = lived(world, 8.0, -1)
    afraid, beating = lived(world, 8.0, int(Band.PURSUIT))
    assert calm.bpm == REST_BPM and not [shot for shot in quiet if shot.sound == "heart"]
    beats = [shot for shot in beating if shot.sound == "heart"]
    assert afraid.bpm > 130 and len(beats) == pytest.approx(8.0 * 130 / 60, abs=4)
    assert beats[-1].gain > 1.5 * beats[0].gain


def test_light_near_a_machine_frightens_and_darkness_calms() -> None:
    bright, _ = lived(lamplit(lux=30.0), 4.0, 0)
    dark, _ = lived(lamplit(lux=0.01), 4.0, 0)
    assert bright.fear > 0.25 and dark.fear < 0.1


def test_breath_is_drawn_held_and_let_go() -> None:
    world = lamplit()
    body = Body(world)
    free, held = moment(world), moment(world, hands=Hands(held_since=3))
    at = [replace(free, time_s=0.0), replace(held, time_s=0.05), replace(held, time_s=0.1), replace(free, time_s=0.15)]
    begun = [[shot.sound for shot in body.feel(now, Heard(now.time_s, ()))] for now in at]
    assert begun == [[], ["hold"], [], ["breath"]]


# --- places, spaces, music ----------------------------------------------------------------------------------------------------


class Fixed(Places):
    def __init__(self, *rows: tuple[Any, ...]) -> None:
        self._table = table(rows)

    def around(self, x: float, y: float) -> Sources:
        return self._table


def of_places(world: World, hour: Any, places: Places) -> list[Voice]:
    return [voice for voice in hear(world, moment(world), hour, places).voices if voice.bus == Bus.PLACES]


def test_places_are_heard_near_by_and_fail_with_their_power() -> None:
    world = lamplit()
    hour = world.hour(0)
    power = hour.power.copy()
    power[7] = 0.0
    fire = (0.0, -52.0, 1.0, 54.0, 24.0, 0, 0.0, "fire")
    sign = (3.0, -60.0, 3.0, 42.0, 11.0, 7, 0.0, "neon")
    far = (0.0, 20.0, 1.0, 54.0, 24.0, 0, 0.0, "fire")
    heard = {v.sound: v for v in of_places(world, replace(hour, power=power), Fixed(fire, sign, far))}
    assert set(heard) == {"fire", "neon"} and heard["fire"].gain > 0.0 and heard["neon"].gain == 0.0
    assert heard["fire"].bus == Bus.PLACES and heard["neon"].azimuth_deg == pytest.approx(90.0, abs=1.0)


def test_a_loudspeaker_speaks_now_and_then_the_same_in_parts_as_in_one() -> None:
    world = lamplit()
    places = Fixed((10.0, -60.0, 4.0, 70.0, 110.0, 0, 70.0, "announcement"))
    eye, hour = Pose(EAR, 0.0), world.hour(0)
    whole = calls(world, eye, hour, places, 0.0, 1400.0)
    parts = [shot for k in range(140) for shot in calls(world, eye, hour, places, 10.0 * k, 10.0 * (k + 1))]
    assert len(whole) == 20 and sorted(parts, key=lambda s: s.time_s) == sorted(whole, key=lambda s: s.time_s)
    assert whole[0].lateral == pytest.approx(1.0, abs=0.05)


def test_whatever_sounds_is_a_thing_that_there_is() -> None:
    assert set(_OF_THING) <= set(KINDS)


def test_a_city_has_places_that_sound() -> None:
    places = CityPlaces(Recipe())
    sounds = {sound for x in range(-4, 5, 3) for y in range(-4, 5, 3) for sound in places.around(64.0 * x, 64.0 * y).sound}
    assert {"fire", "neon", "hologram", "arcade", "cooler", "drips", "sparks", "chime", "announcement"} <= sounds
    assert sounds <= set(LOOPS) | set(SHOTS)
    beside = CityPlaces(Recipe(), waiting=False)
    assert len(beside.around(0.0, 0.0)) == 0
    beside.prepare(0.0, 0.0)
    assert len(beside.around(0.0, 0.0)) == len(places.around(0.0, 0.0)) > 20


def test_under_a_roof_the_rain_is_another_sound() -> None:
    outside = lamplit()
    street = hear(outside, moment(outside), outside.hour(0))
    assert street.space == Space.STREET and street.beds["roof"] == street.beds["indoors"] == 0.0 < street.beds["drizzle"]


def test_music_is_the_same_in_parts_as_in_one_mostly_silent_and_tenser_with_alarm() -> None:
    recipe = Recipe()
    whole = list(score(recipe, 0.0, 1400.0, Band.UNAWARE))
    parts = [cue for k in range(2800) for cue in score(recipe, 0.5 * k, 0.5 * (k + 1), Band.UNAWARE)]
    assert sorted(parts, key=lambda cue: (cue.time_s, cue.sound)) == sorted(whole, key=lambda cue: (cue.time_s, cue.sound))
    pads = [cue for cue in whole if cue.sound == "pad"]
    assert 0.25 < len(pads) * PHRASE_S / 1400.0 < 0.65
    tense = list(score(recipe, 0.0, 1400.0, Band.PURSUIT))
    assert len(tense) > 3 * len(whole) and {cue.sound for cue in tense} - {cue.sound for cue in whole} == {"pulse"}
    assert all(cue.variant < {"pad": len(CHORDS), "note": len(NOTES), "pulse": 1}[cue.sound] for cue in tense)
    other = list(score(with_settings(recipe, [], "7"), 0.0, 1400.0, Band.UNAWARE))
    assert other != whole


def test_an_ear_that_goes_along_hears_all_families_and_a_camera_has_no_heart() -> None:
    world = lamplit(lux=30.0)
    places = Fixed((0.0, -52.0, 1.0, 54.0, 24.0, 0, 0.0, "fire"))
    for hero in (True, False):
        ear = Listener(world, places, hero=hero)
        begun = []
        for k in range(400):
            now = moment(world, time_s=k / 20, band=one(Band.PURSUIT), kind=one(Kind.RUNNER), travelled_m=np.array([0.1 * k]))
            begun += ear.listen(now, world.hour(0))
        assert ear.heard is not None and {v.key[0] for v in ear.heard.voices} == {"hum", "fire"}
        sounds = {shot.sound for shot in begun}
        assert {"footfall", "pulse"} <= sounds and ("heart" in sounds) == hero


def test_many_alike_do_not_drown_what_is_there_but_once() -> None:
    world = lamplit()
    games = [(0.5 * k, -56.0, 1.3, 48.0, 16.0, 0, 0.0, "arcade") for k in range(12)]
    heard = of_places(world, world.hour(0), Fixed(*games, (0.0, -50.0, 1.0, 54.0, 24.0, 0, 0.0, "fire")))
    assert sorted(voice.sound for voice in heard) == ["arcade"] * 3 + ["fire"]


def test_a_city_sounds_by_its_spaces() -> None:
    """Rooms answer as rooms, stations as what lies under the ground, standing decks as roofs; the rain is that of the place."""
    from world.pipe import Pipe
    from world.plan.interior import interior_of
    from world.plan.records import Fate
    from world.plan.rooms import Use
    from world.sim import World as CityWorld
    from world.sound.audible import beds, space_at

    pipe = Pipe(Recipe())
    world = CityWorld.of(pipe)
    found: dict[str, list[Space]] = {}
    for cx in range(-4, 5):
        for cy in range(-4, 5):
            plan = pipe.plan(cx, cy)
            places = [(span.middle, 1.65) for span in plan.spans if span.fate == Fate.STANDS and span.height_m > 4.0]
            kinds = ["deck"] * len(places)
            for building in plan.buildings:
                inside = interior_of(pipe.recipe, building)
                if inside is not None and inside.use in (Use.KONBINI, Use.CAFE, Use.ARCADE, Use.SUBWAY):
                    u, v, z = inside.way[-1]
                    places.append((inside.world(u, v), z + 1.65))
                    kinds.append(inside.use.value)
            for kind, ((x, y), z) in zip(kinds, places, strict=True):
                if len(found.setdefault(kind, [])) < 3:
                    spaces = space_at(world, Pose((x, y, z), 0.0))
                    assert sum(spaces) == pytest.approx(1.0)
                    found[kind].append(Space(int(np.argmax(spaces))))
                    under = beds(world.hour(0), spaces)
                    assert under[{"deck": "roof"}.get(kind, "indoors")] > under["drizzle"]
    assert set(found["konbini"] + found["cafe"] + found["arcade"]) == {Space.ROOM}
    assert set(found["subway"]) == {Space.STATION} and set(found["deck"]) == {Space.DECK}
    start = space_at(world, world.start)
    assert start == (1.0, 0.0, 0.0, 0.0)
