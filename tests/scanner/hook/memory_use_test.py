"""What limits the memory is told from the files of the system, made for it here."""

import os
import shutil
import tempfile
import unittest

from heapgrind import _scanner
from heapgrind._hook import _limit

MIB = 1 << 20
V1 = "35 31 0:32 {} {} rw,relatime - cgroup cgroup rw,memory\n"
V2 = "36 31 0:33 {} {} rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n"
OVERLAY = "30 1 0:30 / / rw shared:9 master:2 - overlay overlay rw,lowerdir=" + "/l:" * 9000 + "\n"


class MemoryUseTest(unittest.TestCase):
    def setUp(self):
        self.root = tempfile.mkdtemp(prefix="heapgrind-test-")
        self.addCleanup(shutil.rmtree, self.root)
        self.write("/proc/meminfo", "MemTotal: 8388608 kB\nMemAvailable: 6291456 kB\nAnonPages: 1048576 kB\n")
        self.write("/proc/self/statm", "1000 200 10 1 0 300 0\n")

    def write(self, path, text):
        path = self.root + path
        if not os.path.isdir(os.path.dirname(path)):
            os.makedirs(os.path.dirname(path))
        with open(path, "w") as file:
            file.write(text)

    def system(self, cgroup, *mounts):
        self.write("/proc/self/cgroup", cgroup)
        self.write("/proc/self/mountinfo", "".join(mounts))

    def group(self, folder, limit, used, inactive=0, anon=0, kills_group="0"):
        """Writes the files of a group of version 2; `limit` in MiB, or "max"."""
        limit = limit if limit == "max" else str(limit * MIB)
        self.write(folder + "/memory.max", limit + "\n")
        self.write(folder + "/memory.current", "{}\n".format(used * MIB))
        stat = "anon {}\nfile 7\ninactive_anon 5\ninactive_file {}\n"
        self.write(folder + "/memory.stat", stat.format(anon * MIB, inactive * MIB))
        self.write(folder + "/memory.oom.group", kills_group + "\n")

    def group_of_version_1(self, folder, limit, used, inactive=0, rss=0):
        self.write(folder + "/memory.limit_in_bytes", "{}\n".format(limit))
        self.write(folder + "/memory.usage_in_bytes", "{}\n".format(used * MIB))
        stat = "rss 1\ninactive_file 1\ntotal_rss {}\ntotal_inactive_file {}\n"
        self.write(folder + "/memory.stat", stat.format(rss * MIB, inactive * MIB))

    def use(self):
        """(used, limit, anonymous) in MiB, kills_group, and the folder, below root."""
        used, limit, anonymous, kills_group, by = _scanner.memory_use(self.root)
        if by.startswith(self.root):
            by = by[len(self.root) :]
        return (used // MIB, limit // MIB, anonymous // MIB), kills_group, by

    def test_page_cache_that_can_go_does_not_count(self):
        self.system("0::/app\n", V2.format("/", "/sys/fs/cgroup"))
        self.group("/sys/fs/cgroup/app", 512, 400, inactive=100, anon=250)
        self.assertEqual(self.use(), ((300, 512, 250), False, "/sys/fs/cgroup/app"))

    def test_group_above_that_has_less_left_counts(self):
        self.system("0::/pod/app\n", V2.format("/", "/sys/fs/cgroup"))
        self.group("/sys/fs/cgroup/pod", 1000, 900, kills_group="1")
        self.group("/sys/fs/cgroup/pod/app", 500, 100)
        self.assertEqual(self.use(), ((900, 1000, 0), True, "/sys/fs/cgroup/pod"))

    def test_group_without_a_limit_leaves_it_to_the_one_above(self):
        self.system("0::/pod/app\n", V2.format("/", "/sys/fs/cgroup"))
        self.group("/sys/fs/cgroup/pod", 1000, 200)
        self.group("/sys/fs/cgroup/pod/app", "max", 100)
        self.assertEqual(self.use(), ((200, 1000, 0), False, "/sys/fs/cgroup/pod"))

    def test_container_sees_its_group_as_the_top(self):
        self.system("0::/\n", OVERLAY, V2.format("/", "/sys/fs/cgroup"))
        self.group("/sys/fs/cgroup", 256, 128)
        self.assertEqual(self.use(), ((128, 256, 0), False, "/sys/fs/cgroup"))

    def test_container_without_a_namespace_has_the_path_of_its_host(self):
        self.system("4:memory:/docker/abc\n0::/\n", V1.format("/docker/abc", "/sys/fs/cgroup/memory"))
        self.group_of_version_1("/sys/fs/cgroup/memory", 256 * MIB, 100)
        self.assertEqual(self.use(), ((100, 256, 0), False, "/sys/fs/cgroup/memory"))

    def test_files_of_version_1_with_what_is_below(self):
        cgroup = "9:name=systemd:/x\n4:cpu,memory:/a/b\n0::/\n"
        self.system(cgroup, V2.format("/", "/u"), V1.format("/", "/sys/fs/cgroup/mem\\040ory"))
        self.group_of_version_1("/sys/fs/cgroup/mem ory/a", 9223372036854771712, 300)
        self.group_of_version_1("/sys/fs/cgroup/mem ory/a/b", 512 * MIB, 300, 50, 200)
        self.assertEqual(self.use(), ((250, 512, 200), False, "/sys/fs/cgroup/mem ory/a/b"))

    def test_group_that_may_use_more_than_there_is_has_no_limit(self):
        self.system("0::/app\n", V2.format("/", "/sys/fs/cgroup"))
        self.group("/sys/fs/cgroup/app", 9000, 400)
        self.assertEqual(self.use(), ((2048, 8192, 1024), False, "MemTotal"))

    def test_without_groups_the_machine_counts(self):
        self.assertEqual(self.use(), ((2048, 8192, 1024), False, "MemTotal"))

    def test_path_that_leads_out_is_the_top(self):
        self.system("0::/../other\n", V2.format("/", "/sys/fs/cgroup"))
        self.group("/sys/fs/cgroup", 256, 128)
        self.assertEqual(self.use(), ((128, 256, 0), False, "/sys/fs/cgroup"))


class TightTest(unittest.TestCase):
    def is_tight(self, used, limit, anonymous, kills_group=False):
        self.addCleanup(setattr, _scanner, "memory_use", _scanner.memory_use)
        _scanner.memory_use = lambda: (used, limit, anonymous, kills_group, "/group")
        return _limit.is_tight()

    def test_copy_is_made_while_a_twentieth_of_the_memory_is_left(self):
        self.assertFalse(self.is_tight(900, 1000, 900))
        self.assertTrue(self.is_tight(960, 1000, 900))

    def test_copy_is_not_made_where_one_takes_all_with_it(self):
        self.assertTrue(self.is_tight(100, 1000, 90, kills_group=True))


if __name__ == "__main__":
    unittest.main()
