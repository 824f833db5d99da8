from functions import Shape, cached, partial, plain, wrapped
from settings import CONFIG, LIMITS, command, db, first, second
from settings import CONFIG as OPTIONS
import settings as renamed
