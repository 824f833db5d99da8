"""Models and byte arrays of Qt, without a window."""

from PyQt5.QtCore import QByteArray
from PyQt5.QtGui import QStandardItem, QStandardItemModel

import holding

with holding.counted("QByteArray"):
    ARRAYS = [QByteArray(100000 + number, b"x") for number in range(50)]
with holding.counted("QStandardItemModel"):
    MODEL = QStandardItemModel()
    for number in range(5000):
        MODEL.appendRow(QStandardItem("item %d of the model" % number))
holding.wait()
