"""Recipes, flights, words and palettes of Ashes of Neon (package data of `world`)."""
