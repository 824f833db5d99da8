"""Answers "who owns this?" from a callgrind file that memdump2callgrind wrote."""

from tests.end_to_end.callgrind import callgrind_file


class OwnerChains:
    """The functions of a profile by path, and what is above each.

    Attributes:
        total: Bytes of the whole heap.
    """

    def __init__(self, path):
        """Reads a file.

        Raises:
            AssertionError: It breaks a rule of the format.
        """
        profile = callgrind_file.read(path)
        if profile.problems:
            raise AssertionError(f"{path}: {profile.problems[:5]}")
        self.total = profile.totals[0]
        self._functions = profile.functions
        self._id_of_name = {function.name: i for i, function in profile.functions.items()}
        self._caller, self._bytes, self._count = {}, {}, {}
        for i, function in profile.functions.items():
            for callee, call in function.calls:
                self._caller[callee] = i
                self._bytes[callee] = call.cost[0]
                self._count[callee] = call.count

    def names(self, text=""):
        """Returns the names that contain a text, sorted."""
        return sorted(name for name in self._id_of_name if text in name)

    def chain(self, name):
        """Returns the names from below main down to a function.

        Raises:
            AssertionError: There is no such function.
        """
        chain, function = [], self._find(name)
        while function in self._caller:
            chain.append(self._functions[function].name)
            function = self._caller[function]
        return chain[::-1]

    def largest_chain(self):
        """Returns the chain that goes to the largest callee at each step, down to where most
        bytes are the function's own or spread over many callees."""
        function = self._id_of_name["main"]
        chain = []
        while True:
            callees = [callee for callee, _ in self._functions[function].calls]
            largest = max(callees, key=self._bytes.get, default=None)
            inclusive = self._bytes.get(function, self.total)
            if largest is None or 2 * self._bytes[largest] < inclusive:
                return chain
            chain.append(self._functions[largest].name)
            function = largest

    def inclusive(self, name):
        """Returns the bytes that a function retains."""
        return self._bytes[self._find(name)]

    def self_bytes(self, name):
        """Returns the bytes of a function's own objects."""
        return self._functions[self._find(name)].self_cost[0]

    def count(self, name):
        """Returns how often a function is called: the number of its topmost objects."""
        return self._count[self._find(name)]

    def place(self, name):
        """Returns the object and the file that a function is in."""
        function = self._functions[self._find(name)]
        return function.object, function.file

    def _find(self, name):
        if name not in self._id_of_name:
            leaf = name.partition("::")[2].partition(" ")[0]
            raise AssertionError(f"no function {name!r} but {self.names('::' + leaf + ' ')[:20]}")
        return self._id_of_name[name]
