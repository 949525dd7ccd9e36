"""Shaders of Ashes of Neon: one concept a file (package data of `world`)."""
