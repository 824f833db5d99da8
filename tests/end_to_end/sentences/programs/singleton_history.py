"""A singleton that notes each state that it was in."""

OWNER, TYPE, EACH = "singleton_history.Settings._instance.history", "dict", 1000


class Settings:
    _instance = None

    def __new__(cls):
        if cls._instance is None:
            cls._instance = super().__new__(cls)
            cls._instance.history = []
            cls._instance.values = {}
        return cls._instance

    def set(self, name, value):
        self.history.append(dict(self.values))
        self.values[name] = value


def run(first):
    settings = Settings()
    for number in range(first, first + EACH):
        settings.set(f"option{number % 50}", f"value of {number}")


def holder():
    return Settings().history
