"""The form files of `templates/`: what a form of the office is, described and not programmed."""

from houqin.forms.blank import Blank
from houqin.forms.lives import AssetClass, Lives, load_lives
from houqin.forms.load import forms_digest, load_forms, templates_folder
from houqin.forms.nouns import TYPES, Check, Field, Form, Forms, Layout, Side, TieOut
from houqin.forms.settlement import CheckRule, LineRule, Settlement, Target, load_settlement

__all__ = [
    "TYPES",
    "AssetClass",
    "Blank",
    "Check",
    "CheckRule",
    "Field",
    "Form",
    "Forms",
    "Layout",
    "LineRule",
    "Lives",
    "Settlement",
    "Side",
    "Target",
    "TieOut",
    "forms_digest",
    "load_forms",
    "load_lives",
    "load_settlement",
    "templates_folder",
]
