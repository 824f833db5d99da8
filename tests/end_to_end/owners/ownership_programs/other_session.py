class Session:
    def __init__(self):
        self.theirs = bytearray(1000)
