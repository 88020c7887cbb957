"""What every benchmark here stands on: processes that are measured, pairs of them, a bank, and one table."""
