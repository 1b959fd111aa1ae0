"""The form files of `templates/`: what a form of the office is, described and not programmed."""

from houqin.forms.blank import Blank
from houqin.forms.lives import AssetClass, Lives, load_lives
from houqin.forms.load import forms_digest, load_forms, templates_folder
from houqin.forms.nouns import TYPES, Check, Field, Form, Forms, Layout, Side, TieOut

__all__ = [
    "TYPES",
    "AssetClass",
    "Blank",
    "Check",
    "Field",
    "Form",
    "Forms",
    "Layout",
    "Lives",
    "Side",
    "TieOut",
    "forms_digest",
    "load_forms",
    "load_lives",
    "templates_folder",
]
