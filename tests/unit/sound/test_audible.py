"""What reaches the ear, from the same paths as what reaches the robots."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from flatland import box
from lamplit import lamplit, posted

from world.conditions import conditions_at
from world.pose import Pose
from world.sim import Band, Event, EventKind, Snapshot, World, snapshot
from world.sound import Bus, hear, shots
from world.sound.heard import Voice, brightness_of, cutoff_of

EAR = (0.0, -60.0, 1.65)


def moment(world: World, robot: tuple[float, float], heading: float = 0.0) -> Snapshot:
    state = posted(world.first(), robot, (0.0, 1.0))
    return replace(snapshot(state, state), eye=Pose(EAR, heading))


def hum_at(robot: tuple[float, float], heading: float = 0.0, boxes: list | None = None, rain: float = 6.0) -> Voice | None:  # type: ignore[type-arg]
    world = lamplit(boxes, weather={"rain_mm_h": rain})
    voices = hear(world, moment(world, robot, heading), world.hour(0)).voices
    return voices[0] if voices else None


@pytest.mark.parametrize(("robot", "azimuth"), [((0, -50), 0), ((10, -60), 90), ((-10, -60), -90), ((0, -70), 180)])
def test_direction_relative_to_the_head(robot: tuple[float, float], azimuth: float) -> None:
    voice = hum_at(robot)
    assert voice is not None and abs(abs(voice.azimuth_deg) - abs(azimuth)) < 1
    assert voice.lateral == pytest.approx(np.sin(np.radians(azimuth)), abs=0.01)
    turned = hum_at(robot, heading=90.0)
    assert turned is not None and (turned.azimuth_deg - azimuth + 90 + 180) % 360 - 180 == pytest.approx(0, abs=1)


def test_six_decibels_a_doubling_in_the_open() -> None:
    levels = [hum_at((0.0, -60.0 + d)).level_db for d in (5.0, 10.0, 20.0)]  # type: ignore[union-attr]
    assert levels[0] - levels[1] == pytest.approx(6.1, abs=0.15)
    assert levels[1] - levels[2] == pytest.approx(6.2, abs=0.15)


def test_round_a_corner_it_is_duller_softer_and_comes_from_the_corner() -> None:
    open_air, hidden = hum_at((0.0, -48.0)), hum_at((0.0, -48.0), boxes=[box(-30, -54, 38, 0.5, 8)])
    assert open_air is not None and hidden is not None
    assert hidden.level_db < open_air.level_db - 3 and hidden.cutoff_hz < 0.85 * open_air.cutoff_hz
    assert 35 < hidden.azimuth_deg < 70  # the wall's end lies at (8, -54)


def test_it_fades_out_with_distance_and_sooner_in_the_rain() -> None:
    def farthest(rain: float) -> float:
        return max(d for d in range(14, 76, 2) if (v := hum_at((0.0, -60.0 + d), rain=rain)) is not None and v.above_db > 0)

    assert [farthest(rain) for rain in (6.0, 18.0, 45.0)] == pytest.approx([68, 46, 24], abs=2)
    assert hum_at((0.0, 15.0)) is None


def test_rain_is_louder_the_more_falls_and_silent_when_none_does() -> None:
    gains = []
    for rate in (0.0, 1.0, 6.0, 18.0, 45.0):
        world = lamplit(robots=0, weather={"rain_mm_h": rate})
        under = hear(world, snapshot(world.first(), world.first()), world.hour(0)).beds
        gains.append(float(np.hypot(np.hypot(under["drizzle"], under["rain"]), under["downpour"])))
    assert gains[0] == 0.0 and (np.diff(gains) > 0).all()
    assert 20 * np.log10(gains[4] / gains[2]) == pytest.approx(12.0, abs=0.5)


def test_a_footstep_is_in_the_middle_and_a_call_comes_from_the_robot_after_a_while() -> None:
    world = lamplit()
    now = moment(world, (17.15, -60.0))
    hour = world.hour(0)
    events = [
        Event(EventKind.FOOTSTEP, 1, (0.0, -60.0, 0.0), 54.0),
        Event(EventKind.FOOTSTEP, 1, (0.0, -60.0, 0.0), 60.0, puddle=True),
        Event(EventKind.CHIRP, 1, (17.15, -60.0, 1.65), 65.0, robot=0, band=Band.SEARCHING),
        Event(EventKind.CALM, 1, (17.15, -60.0, 1.65), robot=0),
    ]
    step, splash, call = shots(world, now, hour, events)
    assert (step.sound, step.bus, splash.sound) == ("step/ASPHALT/creep", Bus.STEPS, "splash")
    assert abs(step.lateral) < 1e-6 and splash.gain == pytest.approx(2 * step.gain, rel=0.01)
    assert call.sound == "chirp/GLIDER" and call.lateral == pytest.approx(1.0, abs=0.01) and call.bus == Bus.MACHINES
    assert call.time_s - now.time_s == pytest.approx(0.05, abs=0.002)  # 17 m of air
    assert call.event is events[2] and call.distance_m == pytest.approx(17.15, abs=0.1)
    assert call.direction == pytest.approx((1.0, 0.0, 0.0), abs=0.02)
    assert call.above_db == pytest.approx(65.0 - 20.0 * np.log10(17.15) - 0.02 * 17.15 - 35.0, abs=0.3)  # a drizzle masks 35 dB


def test_the_rain_drowns_a_far_call() -> None:
    world = lamplit(weather={"rain_mm_h": 45.0})
    call = Event(EventKind.CHIRP, 1, (0.0, -20.0, 1.4), 65.0, robot=0)
    assert shots(world, moment(world, (0.0, -20.0)), conditions_at(world.recipe, 0.0), [call]) == ()
    dry = lamplit()
    assert len(shots(dry, moment(dry, (0.0, -20.0)), conditions_at(dry.recipe, 0.0), [call])) == 1


def test_what_swallows_takes_the_treble_first() -> None:
    cutoffs = [cutoff_of(loss, 10.0) for loss in (0, 3, 10, 20, 40)]
    assert (np.diff(cutoffs) < 0).all() and cutoffs[-1] >= 250
    assert (np.diff([brightness_of(c) for c in cutoffs]) < 0).all()
    assert cutoff_of(0.0, 60.0) < cutoff_of(0.0, 5.0)
