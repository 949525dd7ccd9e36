"""What you touch: the walk's window, its HUD, pause, options and tweak panel.

In: keys, mouse, a recipe, settings.  Out: commands for the sim, changed recipes and settings.
"""
