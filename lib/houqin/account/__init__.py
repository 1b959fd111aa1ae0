"""Calculations of the books that several steps rest on: depreciation, roll-forwards, stock values, periods."""
