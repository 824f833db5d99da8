"""A metaclass that keeps the instances of its classes."""

OWNER, TYPE, EACH = "metaclass_instances.Invoice.instances", "Invoice", 2000


class Tracked(type):
    def __init__(cls, name, bases, namespace):
        super().__init__(name, bases, namespace)
        cls.instances = []

    def __call__(cls, *arguments):
        instance = super().__call__(*arguments)
        cls.instances.append(instance)
        return instance


class Invoice(metaclass=Tracked):
    def __init__(self, number):
        self.number = number + 1000
        self.lines = [(f"item {number}.{i}", i * 1.5) for i in range(10)]


def run(first):
    for number in range(first, first + EACH):
        Invoice(number)


def holder():
    return Invoice.instances
