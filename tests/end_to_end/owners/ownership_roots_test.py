"""Tests who owns what threads and frames of a live program hold, and what no root reaches."""

import unittest

from tests.end_to_end.owners import planted_owners
from tests.end_to_end.owners.planted_owners import PLANTED


class RunningTest(planted_owners.OwnershipTest):
    """Threads, frames and generators."""

    def test_thread_owns_its_frames_and_they_own_their_variables(self):
        frames = ("thread::server",
                  "frame::_bootstrap (server: _bootstrap, threading.py:{})",
                  "frame::_bootstrap_inner (server: _bootstrap_inner, threading.py:{})",
                  "frame::run (server: run, running.py:{})")
        self.assert_lineless_chain(*frames, "bytearray::request (server: run.request)")
        self.assert_lineless_chain(*frames, "frame::serve (server: serve, running.py:{})",
                                   "dict::answers (server: serve.answers)")

    def assert_lineless_chain(self, *chain):
        """As assert_chain, with {} for the line numbers of frames."""
        found = self.owners.chain(chain[-1])
        self.assertEqual([_without_line(name) for name in found], list(chain))

    def test_thread_owns_its_thread_object_though_a_variable_refers_to_it(self):
        self.assert_chain("thread::server", "running.Server::thread (server.thread)",
                          "list::sessions (server.thread.sessions)")
        self.assertEqual(self.owners.chain("_MainThread::thread (MainThread.thread)"), [
            "thread::MainThread", "_MainThread::thread (MainThread.thread)"])

    def test_service_that_a_frame_calls_self_belongs_to_its_variable(self):
        self.assert_chain("module::running (running)", "Service::service (running.service)",
                          "list::sessions (running.service.sessions)")

    def test_what_suspended_coroutines_use_belongs_to_its_variable(self):
        self.assert_chain("module::running (running)", "dict::SESSIONS (running.SESSIONS)")
        self.assertGreaterEqual(
            self.owners.inclusive("dict::SESSIONS (running.SESSIONS)"), 3 * 2000)

    def test_equal_tasks_of_a_list_are_one_row_with_its_name(self):
        path = "run_jobs: wait_for_jobs.jobs[*]"
        self.assertEqual([name for name in self.owners.names("Task::") if "wait_for_jobs" in name],
                         [f"Task::[*] ({path})"])
        self.assertEqual(self.owners.count(f"Task::[*] ({path})"), 20)
        self.assertEqual(self.owners.count(f"bytearray::draft ({path}._coro.draft)"), 20)

    def test_what_a_suspended_generator_alone_holds_belongs_to_it(self):
        module, generator, lines = self.owners.chain("list::lines (running.producer.lines)")
        self.assertEqual(module, "module::running (running)")
        self.assertRegex(generator, r"^generator::produce \(running\.producer, running\.py:\d+\)$")
        self.assertGreaterEqual(self.owners.inclusive(lines), PLANTED)

    def test_threads_are_a_group_of_their_own(self):
        self.assertEqual(self.owners.place("thread::server")[0], "(threads)")
        self.assertEqual(self.owners.place("bytearray::request (server: run.request)")[0],
                         "(threads)")

    def test_thread_local_data_belongs_to_its_thread(self):
        self.assert_chain("thread::use_thread_data", "dict::local (use_thread_data.local)",
                          "list::['buffers'] (use_thread_data.local['buffers'])")

    def test_context_belongs_to_its_thread(self):
        chain = self.owners.chain("Context::context (MainThread.context)")
        self.assertEqual(chain[0], "thread::MainThread")
        self.assertGreaterEqual(self.owners.inclusive(chain[-1]), PLANTED)


def _without_line(name):
    """Returns a frame's name with {} for its line number."""
    head, colon, line = name.rpartition(":")
    return f"{head}:{{}})" if name.startswith("frame::") and colon and line[:-1].isdigit() else name


class UnreachableTest(planted_owners.OwnershipTest):
    """What no root reaches."""

    def test_cycles_go_by_their_type(self):
        self.assert_chain(
            "unreachable::cycles that wait for collection",
            "Lost::[*] (cycles that wait for collection: Lost[*])",
            "bytearray::load (cycles that wait for collection: Lost[*].load)")
        self.assertEqual(
            self.owners.count("Lost::[*] (cycles that wait for collection: Lost[*])"), 10)

    def test_what_c_holds_is_not_garbage(self):
        self.assert_chain(
            "unreachable::held by C code alone", "Held::[*] (held by C code alone: Held[*])",
            "bytearray::load (held by C code alone: Held[*].load)")

    def test_unreachable_is_a_group_of_its_own(self):
        self.assertEqual(
            self.owners.place("Held::[*] (held by C code alone: Held[*])")[0], "(unreachable)")


if __name__ == "__main__":
    unittest.main()
