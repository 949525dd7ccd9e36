"""What a person is told the first time that it matters, and what the hand can do right now.

In: the state and a few facts of the moment.  Out: names of hints that are due, the most pressing first; a prompt of a few words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from world.sim import Band, Hands, Harm, Patrol, State, Walker
from world.sim.hands import LOW_Q, in_reach, target_of, weak_point

# {strike} and the like stand for the keys that ask for it
HINTS = {
    "flashes": "Failing neon flickers. If flashing lights harm you: Esc, then “no flashing lights”.",
    "walk": "{forward} {left} {back} {right} to walk, the mouse to look.  F1 for all keys.",
    "crouch": "Something patrols here. {crouch} to crouch: behind cover it cannot see you, and soft steps it cannot hear.",
    "noticed": "It has noticed something. Be still, or be elsewhere.",
    "hunted": "It sees you. Run: round two corners, out of its sight; then be still in the dark.",
    "dark": "Shadow hides you. Robots see by the light that falls on you.",
    "throw": "A bottle breaks loudly. Hold {throw} to aim, let go to throw: they go and look.",
    "aim": "Let go to throw. Where it breaks is where they will look.",
    "pick_up": "{use} picks the bottle up again.",
    "strike_joint": "{strike}: a blow to its joint, and it cannot leave the spot. It still sees and calls.",
    "strike_sensor": "{strike}: a blow to its sensor, and it is blind. It still hears.",
    "strike_circuit": "{strike}: from behind, a blow to the open circuit puts it down.",
    "breath": "{breath} holds your breath. As close as this, it hears you breathe.",
    "shelter": "A shelter. If they take you, you wake here; and there is water for the bottle.",
    "tweak": "Tab opens the city's recipe: every slider changes the street.",
}
PRESSING = frozenset({"pick_up", "strike_joint", "strike_sensor", "strike_circuit", "breath", "hunted"})  # not made to wait
URGENT = frozenset({"hunted"})  # not even for those
_PATROL_M, _THROW_M, _BREATH_M, _LIT_M = 30.0, 22.0, 9.0, 25.0
_LIT = 0.6  # visibility from which one is told of shadow
_WALK_S, _TWEAK_S = 2.0, 60.0
_NAME = {Harm.JOINT: "joint", Harm.SENSOR: "sensor", Harm.CIRCUIT: "circuit"}


@dataclass(frozen=True)
class Facts:
    """What hints go by, beside the state: seconds walked, how visible the hero is (None: not asked)."""

    walked_s: float
    visibility: float | None = None


def hint_words(name: str, keys: Mapping[str, str]) -> str:
    """A hint with the names of keys (`world.ui.keys.names_of`) in it."""
    text = HINTS[name].format_map(keys)
    return text[:1].upper() + text[1:]


def blow_of(walker: Walker, patrol: Patrol) -> Harm | None:
    """What a blow would break now; None where it would fail."""
    k = target_of(walker, patrol)
    if k is None or patrol.band[k] >= Band.SEARCHING:
        return None
    away = walker.position[0] - float(patrol.position[k, 0]), walker.position[1] - float(patrol.position[k, 1])
    return weak_point((float(patrol.facing[k, 0]), float(patrol.facing[k, 1])), away, walker.pitch_q < LOW_Q)


def prompt_of(hands: Hands, walker: Walker, patrol: Patrol, use_key: str = "F") -> str:
    """The few words for what the hand can do; "" when nothing."""
    if hands.aiming_since >= 0:
        return f"let go: throw   {use_key}: lower the arm"
    blow = blow_of(walker, patrol)
    if blow is not None:
        return f"strike: {_NAME[blow]}"
    return f"{use_key}: pick up" if in_reach(hands, walker) else ""


def hints_due(state: State, facts: Facts) -> list[str]:
    """Hints that matter now, seen already or not, the most pressing first."""
    walker, patrol, hands = state.walker, state.patrol, state.hands
    away = patrol.position[:, :2] - np.array(walker.position[:2])
    up = (patrol.harm & int(Harm.CIRCUIT)) == 0
    distance = np.where(up, np.sqrt((away**2).sum(axis=1)), np.inf)
    nearest = float(distance.min()) if len(distance) else np.inf
    blow, alarmed = blow_of(walker, patrol), patrol.band >= Band.OBSERVANT
    due = {
        f"strike_{_NAME.get(blow, '')}" if blow is not None else "": True,
        "hunted": bool(((patrol.band >= Band.SEARCHING) & patrol.sighted).any()),  # a second before it winds up: it takes one to read
        "breath": bool(((distance < _BREATH_M) & alarmed & ~patrol.sighted).any()) and not (patrol.band == Band.PURSUIT).any(),
        "pick_up": in_reach(hands, walker),
        "aim": hands.aiming_since >= 0,
        "noticed": bool(((distance < _PATROL_M) & alarmed & (patrol.band < Band.AGITATED)).any()),
        "flashes": True,
        "walk": facts.walked_s > _WALK_S,
        "crouch": nearest < _PATROL_M,
        "dark": facts.visibility is not None and facts.visibility > _LIT and nearest < _LIT_M,
        "throw": nearest < _THROW_M and hands.bottle is None,
        "tweak": facts.walked_s > _TWEAK_S and not alarmed.any(),  # nobody turns knobs with a machine after him
    }
    return [name for name, now in due.items() if name and now]
