"""What `ashes --help` says.

In: nothing.  Out: text, written by hand and checked against the parser in the tests: every option and command is in it.
"""

HELP = """\
Ashes of Neon: a walk through Neo-Tokyo, a week after the machines took it.

  ashes                       walk: a window, a wet street, something humming
  ashes shot --out wet.png    one picture
  ashes film tour -o out.mp4  a film

Commands
  walk      walk the city in a window; `ashes` alone does the same
  shot      a picture of one place, drawn without a window
  film      a film of `tour`, or of a camera flight that you wrote
  recipe    list, show, check, new, schema, diff, share: all about recipes
  map       a map of the city round a place
  locate    where the nearest konbini, overpass, hologram … is
  why       what stands under the cross-hair, and what put it there
  sweep     one knob through its values, on one sheet
  sim       what patrols make of a scripted hero, without a window
  export    a place as glTF, for other programs
  doctor    what this machine has, what is missing, and how to get it
  bench     what a frame and a chunk cost on this machine

  `ashes COMMAND --help` tells all about one of them.

Which city
  --recipe NAME|FILE        a shipped recipe or a TOML file  [drizzle]
  --code CODE               a city that somebody shared, in one line
  --seed N                  another number, another city
  --set SECTION.FIELD=VALUE change one knob; may be given again and again

Where and when
  --at PLACE                X,Y[,Z]/HEADING[/PITCH] in metres and degrees,
                            or the name of a shipped place
  --time S                  stop the clock at S seconds: the same picture each time

How it is drawn
  --quality NAME            low, medium, high or ultra; a walk takes auto, too
  --size WxH                in pixels
  --captions off|threats|all  what you would hear, in writing (a walk)
  --peaceful                only walk: no machine takes notice (a walk)
  --aperture F, --focus M   what is out of focus blurs (shot, film)
  --samples N               smoother edges, in N times the time (shot, film)
  --grade NAME=VALUE        bloom, grain, contact shade … (shot, film; a walk: Esc)

Keys while walking
  W A S D  walk             Shift  run          Space  jump, climb, vault
  mouse    look             C Ctrl crouch       Q E    lean
  Alt      creep            V      hold your breath    F  pick up
  left mouse   strike       right mouse  hold to aim, let go to throw
  Tab      tweak the city   I      what is that, and why is it there
  F1 help   F2 hide the HUD   F3 what they sense   F11 fullscreen   F12 picture
  Esc      pause, options

Examples
  ashes --seed 7 --set weather.rain_mm_h=30 --set neon.powered=1
  ashes shot --at 0,0/90 --size 1920x1080 --out street.png
  ashes shot --set water.level_m=0.3 --time 12 --out flood.png
  ashes film tour --seconds 20 --size 1280x720 --fps 30 -o tour.mp4
  ashes recipe > mine.toml && ashes --recipe mine.toml   (edit it as you walk)

Failing neon flickers. Set flash_safe in the options (Esc) if flashing lights harm you.
"""
