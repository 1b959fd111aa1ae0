"""Text to exact values: what an office types in a cell, read as a number, a date, a class, a size, a word of a list.

No function here guesses silently: what is uncertain carries `doubtful`, and `rules` says what was done to the text,
the most telling rule first. A text that only NFKC and outer blanks change has no rule.
"""

from houqin.values.classes import ClassNaming, ParsedClass, find_class, find_grade, parse_class, parse_grade
from houqin.values.dates import ParsedDate, date_of_serial, parse_date, serial_of_date, year_in
from houqin.values.goods import alike_names, may_be_same
from houqin.values.identity import id_number_fault, masked_id_number, plain_id_number
from houqin.values.numbers import Parsed, parse_number
from houqin.values.packs import Packs, parse_packs
from houqin.values.rooms import find_room
from houqin.values.shown import is_date_format, is_percent_format, number_of, shown
from houqin.values.text import canonical_text, canonical_texts, natural_key, natural_keys, normal, split_unit
from houqin.values.words import ParsedText, amount_in_words, parse_amount_words, parse_sex, parse_size, parse_tick

__all__ = [
    "ClassNaming",
    "Packs",
    "Parsed",
    "ParsedClass",
    "ParsedDate",
    "ParsedText",
    "alike_names",
    "amount_in_words",
    "canonical_text",
    "canonical_texts",
    "date_of_serial",
    "find_class",
    "find_grade",
    "find_room",
    "id_number_fault",
    "is_date_format",
    "is_percent_format",
    "masked_id_number",
    "may_be_same",
    "natural_key",
    "natural_keys",
    "normal",
    "number_of",
    "parse_amount_words",
    "parse_class",
    "parse_date",
    "parse_grade",
    "parse_number",
    "parse_packs",
    "parse_sex",
    "parse_size",
    "parse_tick",
    "plain_id_number",
    "serial_of_date",
    "shown",
    "split_unit",
    "year_in",
]
