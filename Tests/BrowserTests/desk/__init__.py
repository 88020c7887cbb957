"""The desk in a real browser: the programs, the people at it, and what is looked at on every page."""
