"""Has a Session, as other_session has."""

import other_session


class Session:
    def __init__(self):
        self.mine = bytearray(1000)


sessions = [Session(), other_session.Session()]
