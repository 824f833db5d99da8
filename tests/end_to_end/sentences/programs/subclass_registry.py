"""Classes that are made for each form, and register themselves."""

OWNER, TYPE, EACH = "subclass_registry.Form.registry", "class", 1000


class Form:
    registry = {}

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        Form.registry[cls.__name__] = cls


def run(first):
    for number in range(first, first + EACH):
        type(f"Form{number}", (Form,), {"fields": [f"field{number}_{i}" for i in range(30)]})


def holder():
    return Form.registry
