"""Captions for what can be heard: `[servo hum, left, near, searching]`, at most four lines that keep still long enough to be read.

In: cues, once a frame, the instant, the head's heading, and how much is wanted.  Out: lines, oldest first.
How: each sound has one line, which stays for a while when the sound is gone and changes its words seldom (a state that grows worse is
told at once); sides and distances change only well beyond their borders; what repeats is counted, what says the same is said once; a
full page gives way only to what weighs more, and only once it has been there to be read.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from world.settings import Captions
from world.sim import Band
from world.ui.cues import Cue
from world.ui.signs import MOODS

LINES_MAX = 4
READ_S = 1.6  # a line stays at least so long
LINGER_S, SHOT_S = 0.6, 2.4  # after the last of a voice, of a single sound
REWORD_S = 0.9  # between two wordings of a line
FADE_S = 0.18
_SECTORS = ("ahead", "ahead, right", "right", "behind, right", "behind", "behind, left", "left", "ahead, left")
_SECTOR_DEG, _SECTOR_MORE_DEG = 22.5, 7.0
_ABOVE, _RISE_M = 0.82, 3.0  # sine of the elevation from which a sound is above, or below; nearer, it is at one's side
_RANGES = ((9.0, "close"), (25.0, "near"), (math.inf, "far"))
_RANGE_MORE = 1.12


def sector_of(direction: Sequence[float], heading_deg: float, before: int | None = None) -> int:
    """Which eighth of the circle round a head facing `heading_deg` a sound comes from; `before` is kept well past its border."""
    bearing = math.degrees(math.atan2(direction[0], direction[1])) - heading_deg
    if before is not None and abs((bearing - 45.0 * before + 180.0) % 360.0 - 180.0) < _SECTOR_DEG + _SECTOR_MORE_DEG:
        return before
    return round(bearing / 45.0) % 8


def direction_of(direction: Sequence[float], heading_deg: float) -> str:
    """The side in words; `direction` points from the ear to the sound."""
    return _SECTORS[sector_of(direction, heading_deg)]


def range_of(distance_m: float, before: int | None = None) -> int:
    """0 close, 1 near, 2 far; `before` is kept well past its border."""
    now = next(k for k, (limit, _) in enumerate(_RANGES) if distance_m < limit)
    if before is None or now == before:
        return now
    border = _RANGES[min(now, before)][0]
    return now if distance_m > border * _RANGE_MORE or distance_m < border / _RANGE_MORE else before


@dataclass(frozen=True)
class Line:
    """What is shown: `shade` is 0 (not yet, or no longer) to 1."""

    text: str
    band: int | None
    shade: float


@dataclass
class _Sounding:
    """One sound's line."""

    cue: Cue
    sector: int
    range: int
    text: str
    worded_s: float
    heard_s: float
    times: int = 1
    shown_s: float | None = None
    place: int = 0  # the later it was shown, the lower it stands

    def over(self, now_s: float) -> bool:
        """Whether the sound is gone and its line has been read."""
        rest = now_s - self.heard_s > (LINGER_S if self.cue.lasting else SHOT_S)
        return rest and (self.shown_s is None or now_s - self.shown_s > READ_S)

    @property
    def said(self) -> str:
        """The words, and how often it was heard."""
        return f"{self.text} ×{self.times}" if self.times > 1 else self.text

    @property
    def weight(self) -> tuple[bool, int, float]:
        """What is a threat first, then the more alarmed, then the louder."""
        return self.cue.threat, self.cue.band if self.cue.band is not None else -1, self.cue.above_db


class CaptionPage:
    """Call `update` once a frame with all that can be heard now."""

    def __init__(self) -> None:
        self._sounds: dict[tuple[str, int], _Sounding] = {}
        self._leaving: list[tuple[Line, float]] = []
        self._places = 0

    def update(self, now_s: float, cues: Sequence[Cue], heading_deg: float, wanted: Captions) -> list[Line]:
        """The lines now."""
        if wanted == "off":
            self.forget()
            return []
        for cue in cues:
            if cue.threat or wanted == "all":
                self._hear(cue, now_s, heading_deg)
        for key in [key for key, sound in self._sounds.items() if sound.over(now_s) or (wanted != "all" and not sound.cue.threat)]:
            self._leave(self._sounds.pop(key), now_s)
        self._leaving = [(line, since) for line, since in self._leaving if now_s - since < FADE_S]
        return self._lines(now_s)

    def forget(self) -> None:
        """Takes all lines away: what sounded, sounded elsewhere."""
        self._sounds.clear()
        self._leaving.clear()

    def _hear(self, cue: Cue, now_s: float, heading_deg: float) -> None:
        known = self._sounds.get(cue.key)
        sector = sector_of(cue.direction, heading_deg, known.sector if known else None)
        reach = range_of(cue.distance_m, known.range if known else None)
        text = _text(cue, sector, reach)
        if known is None:
            self._sounds[cue.key] = _Sounding(cue, sector, reach, text, now_s, now_s)
            return
        if cue.counted and not cue.lasting and cue.begins_s > known.cue.begins_s:
            known.times += 1
        worse = (cue.band or 0) > (known.cue.band or 0)
        if text != known.text and (worse or now_s - known.worded_s >= REWORD_S):
            known.text, known.worded_s, known.sector, known.range = text, now_s, sector, reach
            known.cue = cue
        else:  # the words stay, and what they are weighed by with them, but for how loud it is
            known.cue = replace(known.cue, above_db=cue.above_db, begins_s=cue.begins_s)
        known.heard_s = now_s

    def _lines(self, now_s: float) -> list[Line]:
        waiting = [sound for sound in self._sounds.values() if sound.shown_s is None]
        for sound in sorted(waiting, key=lambda one: one.weight, reverse=True):
            shown = self._shown()
            if any(other.text == sound.text for other in shown) or len({other.text for other in shown}) < LINES_MAX:
                self._show(sound, now_s)
                continue
            weakest = min(shown, key=lambda one: one.weight)
            if sound.weight[:2] > weakest.weight[:2] and now_s - (weakest.shown_s or 0.0) > READ_S:
                weakest.shown_s = None
                self._leave(weakest, now_s)
                self._show(sound, now_s)
        while len({one.text for one in self._shown()}) > LINES_MAX:  # two that said the same no longer do
            min(self._shown(), key=lambda one: one.weight).shown_s = None
        lines: dict[str, Line] = {}
        for sound in self._shown():
            shade = min(1.0, (now_s - (sound.shown_s or 0.0)) / FADE_S)
            before = lines.get(sound.text)
            lines[sound.text] = Line(sound.said, sound.cue.band, max(shade, before.shade if before else 0.0))
        texts = {line.text for line in lines.values()}
        leaving = [replace(line, shade=1.0 - (now_s - since) / FADE_S) for line, since in self._leaving if line.text not in texts]
        return (list(lines.values()) + leaving)[:LINES_MAX]

    def _shown(self) -> list[_Sounding]:
        shown = [sound for sound in self._sounds.values() if sound.shown_s is not None]
        return sorted(shown, key=lambda one: one.place)

    def _show(self, sound: _Sounding, now_s: float) -> None:
        self._places += 1
        sound.shown_s, sound.place = now_s, self._places

    def _leave(self, sound: _Sounding, now_s: float) -> None:
        self._leaving.append((Line(sound.said, sound.cue.band, 1.0), now_s))


def _text(cue: Cue, sector: int, reach: int) -> str:
    mood = MOODS[Band(cue.band)] if cue.band is not None else ""
    if cue.own:
        return cue.what
    up = cue.direction[2] if cue.distance_m > _RISE_M else 0.0
    side = "above" if up > _ABOVE else "below" if up < -_ABOVE else _SECTORS[sector]
    return ", ".join(part for part in (cue.what, side, _RANGES[reach][1], mood) if part)
