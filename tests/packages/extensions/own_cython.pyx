"""A class whose field Cython keeps in C."""


cdef class Basket:
    cdef list rows

    def __init__(self, rows):
        self.rows = rows

    def count(self):
        return len(self.rows)

    def held(self):
        return self.rows
