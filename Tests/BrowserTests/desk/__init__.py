"""The desk in a real browser: the programs, the people, and the checks of every page."""
