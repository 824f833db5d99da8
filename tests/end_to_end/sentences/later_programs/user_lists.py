"""Users in two indexes, neither of which forgets them."""

OWNER, TYPE, EACH = "_by_mail, _by_name in user_lists.directory", "User", 1500


class User:
    def __init__(self, number):
        self.name = f"user-{number}"
        self.mail = f"user-{number}@example.com"
        self.photo = bytearray(1500)


class Directory:
    def __init__(self):
        self._by_name = {}
        self._by_mail = {}

    def add(self, user):
        self._by_name[user.name] = user
        self._by_mail[user.mail] = user


directory = Directory()


def run(first):
    for number in range(first, first + EACH):
        directory.add(User(number))


def holders():
    return [directory._by_mail, directory._by_name]  # pylint: disable=protected-access
