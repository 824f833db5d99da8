"""Holds by name what other modules define, and defines nothing."""

import settings as renamed
from functions import Shape, cached, managed, partial, plain, twice_wrapped, wrapped
from settings import CONFIG, LIMITS, command, db, first, second
from settings import CONFIG as OPTIONS

limits: dict = renamed.LIMITS
db = renamed.db
first = renamed.first
