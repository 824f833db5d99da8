"""Leak: a list that was meant for each object belongs to the class."""


class Order:
    history = []  # Of the class: shared by all orders.

    def add(self, event):
        self.history.append(event)


for number in range(2000):
    Order().add(bytearray(10_000))
