"""PyQt5: a window with a table of widgets, on the platform that draws nowhere."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import planted
from PyQt5 import QtCore, QtWidgets


class Window(QtWidgets.QMainWindow):
    """Keeps what was typed."""

    def __init__(self):
        super().__init__()
        self.drafts = {}
        self.undo = planted.rows(2000)
        area = QtWidgets.QWidget()
        grid = QtWidgets.QGridLayout(area)
        self.cells = []
        for number in range(400):
            cell = QtWidgets.QLineEdit(f"cell {number}")
            cell.textChanged.connect(self.keeper(number))
            grid.addWidget(cell, number // 20, number % 20)
            self.cells.append(cell)
        self.setCentralWidget(area)

    def keeper(self, number):
        history = bytearray(5000)

        def keep(text):
            history[:1] = b"x"
            self.drafts[number * 1000] = text.encode() + bytes(500)

        KEEPERS.append(keep)
        return keep


KEEPERS = []
application = QtWidgets.QApplication(["window"])
window = Window()
window.show()
for cell in window.cells:
    cell.setText("typed " + cell.text())
application.processEvents()
planted.dump({
    "module::__main__ > Window::window > dict::drafts": planted.size_of(window.drafts),
    "module::__main__ > Window::window > list::undo": planted.size_of(window.undo),
    "module::__main__ > def::keep > bytearray::":
        len(KEEPERS) * planted.size_of(bytearray(5000))})
