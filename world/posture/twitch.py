"""A broken circuit: when it arcs, and how the body jerks with it.

In: a machine's own share, seconds since it was broken.  Out: the glow of the arc now, and how hard it jerks; closed-form. Arcs come in
bursts of three, most of the times that their turn comes, and never end: one sees from afar where one has been.
`shaders/surface/spark.vert.glsl` (USE_WRECK) throws its sparks by the same turns.
"""

from __future__ import annotations

import numpy as np

from world.posture.curves import TURN, Floats

ARC_CD = 14.0
PERIOD_S, SLOWER_S = 1.6, 2.2  # of the bursts: the own share says which
STRIKES = np.array([[0.0, 1.0], [0.19, 0.65], [0.34, 0.4]])  # when in a burst (s), how strong
_DECAY_S, _ATTACK_S, _JERK_S, _OFTEN = 0.05, 0.05, 0.22, 0.7


def burst(own: Floats, harmed_s: Floats) -> tuple[Floats, Floats, Floats]:
    """(seconds into the burst whose turn it is, its number, whether it strikes: 0 or 1)."""
    period = PERIOD_S + SLOWER_S * own
    turn = np.maximum(harmed_s, 0.0) / period
    beat = np.floor(turn)
    strikes = (np.mod(own * 29.7 + beat * 0.618034, 1.0) < _OFTEN) & (harmed_s >= 0.0)
    return (turn - beat) * period, beat, (strikes | (beat == 0.0)).astype(np.float64)


def arc_glow(own: Floats, harmed_s: Floats) -> Floats:
    """(N,) 0 .. 1 and a little more: of the arc's full light."""
    since, _, strikes = burst(own, harmed_s)
    after = since[:, None] - STRIKES[:, 0]
    glow = np.where(after >= 0.0, STRIKES[:, 1] * np.exp(-np.maximum(after, 0.0) / _DECAY_S), 0.0).sum(axis=1)
    result: Floats = glow * strikes
    return result


def jerks(own: Floats, harmed_s: Floats, limbs: int) -> Floats:
    """(limbs, N) about -1 .. 1: a shudder that begins with each strike and dies away; limbs go each their own way."""
    since, beat, strikes = burst(own, harmed_s)
    lane = np.arange(limbs)[:, None]
    after = np.maximum(since[:, None] - STRIKES[:, 0], 0.0)
    shake = (
        STRIKES[:, 1] * np.sin(TURN * after * (3.1 + 0.7 * lane[..., None])) * (1.0 - np.exp(-after / _ATTACK_S)) * np.exp(-after / _JERK_S)
    )
    way = np.sin(beat * 2.399 + lane * 1.7 + 40.0 * own)
    result: Floats = shake.sum(axis=2) * strikes * way
    return result
