"""A program dumps before the limit of its control group ends it."""

import os
import re
import unittest

import heapgrind
import hook_support

GROUPS = "/sys/fs/cgroup/memory"  # Of version 1; ./run test-cgroup2 has version 2.

# Takes so many MiB for each line that it reads, and never gives them back.
GROWS = """\
import sys
HOARD = []
print('ready')
sys.stdout.flush()
while True:
    for _ in range(int(sys.stdin.readline())):
        HOARD.append(bytearray(b'x' * (1 << 20)))
"""


def can_make_groups():
    """True if this process may make control groups of version 1."""
    return os.path.isdir(GROUPS) and os.access(GROUPS, os.W_OK)


class LimitSettingsTest(hook_support.HookTest):
    def refusal(self, word):
        status, errors = self.run_program(word, "pass")
        self.assertEqual(status, 0)
        return errors.split(", got ")[0]

    def test_share_must_be_one(self):
        share = "heapgrind: in HEAPGRIND: expected a share such as 90% after 'limit>'"
        for word in ("limit>", "limit>90", "limit>0%", "limit>100%", "limit>2G", "limit>9.5%"):
            self.assertEqual(self.refusal(word), share)

    def test_ninth_limit_is_refused(self):
        words = ",".join("limit>{}%".format(share) for share in range(10, 19))
        self.assertEqual(
            self.refusal(words), "heapgrind: in HEAPGRIND: expected at most 8 times 'limit>'"
        )

    @unittest.skipUnless(os.path.ismount("/dev/shm"), "needs a file system in memory")
    def test_file_system_in_memory_is_warned_of(self):
        status, errors = self.run_program("limit>99%", "pass", out="/dev/shm/%p-%n.json")
        self.assertEqual(status, 0)
        self.assertIn("take memory themselves, for it is on tmpfs", errors)


class CopyTest(unittest.TestCase):
    def score_of_copy(self, near_limit):
        """The oom_score_adj of a copy that waits for the reader of its dump."""
        reader, writer = os.pipe()
        options = (100, 0, 0, False, False, 0, near_limit)
        snapshot = heapgrind.Snapshot(None, writer, False, options)
        os.close(writer)
        with os.fdopen(reader, "rb") as dump:
            dump.read(1)  # It has begun to write.
            with open("/proc/{}/oom_score_adj".format(snapshot.pid)) as score:
                found = int(score.read())
            dump.read()
        self.assertTrue(snapshot.wait())
        return found

    def test_copy_is_as_important_as_the_process_near_a_limit(self):
        with open("/proc/self/oom_score_adj") as score:
            own = int(score.read())
        self.assertEqual(self.score_of_copy(near_limit=True), own)
        self.assertEqual(self.score_of_copy(near_limit=False), 1000)


@unittest.skipUnless(can_make_groups(), "needs to make control groups")
class LimitTest(hook_support.HookTest):
    def setUp(self):
        super(LimitTest, self).setUp()
        self.group = os.path.join(GROUPS, "heapgrind-test-{}".format(os.getpid()))
        os.mkdir(self.group)
        self.addCleanup(self.remove_group)
        self.write("memory.limit_in_bytes", 64 << 20)
        try:
            self.write("memory.memsw.limit_in_bytes", 64 << 20)
        except EnvironmentError:
            pass  # The kernel does not count what is swapped out.

    def write(self, name, value):
        with open(os.path.join(self.group, name), "w") as file:
            file.write(str(value))

    def remove_group(self):
        self.write("memory.force_empty", 0)
        os.rmdir(self.group)

    def start_in_group(self, settings):
        process = self.start_ready(settings, GROWS)
        self.write("cgroup.procs", process.pid)
        return process

    def grow(self, process, mebibytes):
        process.stdin.write("{}\n".format(mebibytes).encode("ascii"))

    def grow_until_killed(self, process):
        self.grow(process, 1000)
        errors = process.communicate()[1].decode("utf-8")
        self.assertEqual(process.returncode, -9, errors)

    def hoard_in(self, path):
        """Of a dump, which must be whole: how many bytearrays it has."""
        dump = self.read(path)
        self.assertTrue(dump.text.splitlines()[-1].startswith(b'{"end": '))
        return sum(1 for record in dump.parsed() if record.get("type") == "bytearray")

    def test_dump_is_whole_before_the_program_is_killed(self):
        process = self.start_in_group("limit>70%,fork")
        self.grow(process, 50)
        path = self.wait_for_dump(process)
        self.grow_until_killed(process)
        self.assertEqual(self.hoard_in(path), 50)

    def test_each_share_dumps_once(self):
        process = self.start_in_group("limit>50%,limit>80%")
        self.grow(process, 36)
        first = self.wait_for_dump(process)
        self.grow(process, 18)
        second = self.wait_for_dump(process)
        self.grow_until_killed(process)
        self.assertEqual([self.hoard_in(first), self.hoard_in(second)], [36, 54])
        self.assertEqual(len(os.listdir(self.directory)), 2)

    def test_line_says_which_limit_it_is(self):
        process = self.start_in_group("limit>70%")
        self.grow(process, 50)
        line = process.stderr.readline().decode("utf-8")
        end = r" \(\d\d % of 64 MiB used, the limit of {}\)\n$".format(self.group)
        self.assertIsNotNone(re.search(end, line), line)
        self.grow_until_killed(process)


if __name__ == "__main__":
    unittest.main()
