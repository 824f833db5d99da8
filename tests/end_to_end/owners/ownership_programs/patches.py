"""Replaces what another module defines, and sets aliases in sys.modules."""

import sys

import classes
import package
import package.inner
import settings


def replaced(patch=bytearray(1000)):
    return patch


original = package.inner.helper
package.inner.patched = replaced
settings.Database.extra = replaced
sys.modules["alias_of_settings"] = settings
sys.modules["package.alias"] = sys.modules["package.mapper"]
favourite = classes.Color.RED
only_one = settings.Singleton()
deleted_list = [bytearray(1000)]


class Deleted:
    remains = bytearray(1000)


deleted_instance = Deleted()
del Deleted
package.lazy
