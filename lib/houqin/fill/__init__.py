"""The office's or the bureau's own blank form, filled in from ledgers by a description; its look and parts are kept."""

from houqin.fill.describe import Description, read_description
from houqin.fill.form import Filling, fill_form

__all__ = ["Description", "Filling", "fill_form", "read_description"]
