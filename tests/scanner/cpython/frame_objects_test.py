"""Every part of frames and generators that the scanner names by itself."""

import sys
import unittest

import dump_support
from dump_support import named

VERSION = sys.version_info[:2]


class FrameObjectsTest(unittest.TestCase):
    @unittest.skipUnless(VERSION >= (3, 0), "needs __qualname__")
    def test_generator_has_its_names(self):
        def generate():
            yield

        generator = generate()
        found = named(dump_support.take_dump().of(generator))
        self.assertEqual(found["__name__"], id(generator.__name__))
        self.assertEqual(found["__qualname__"], id(generator.__qualname__))

    def test_suspended_generator_has_its_temporaries(self):
        def generate():
            print([[u"temporary"], (yield)])

        generator = generate()
        next(generator)
        dump = dump_support.take_dump()
        record = dump.of(generator)
        if VERSION < (3, 11):
            record = dump.at(named(record)["gi_frame"])
        lists = [x for x in map(dump.at, record["refs"]) if x and x["type"] == "list"]
        self.assertEqual([x["len"] for x in lists], [1])

    def test_frame_object_keeps_trace_function_and_locals(self):
        def trace(*unused):
            return None

        frame = sys._getframe()
        frame.f_trace = trace
        try:
            dump = dump_support.take_dump()
            (record,) = [
                record
                for record in dump.frames()
                if named(record).get("f_trace") == id(trace)
            ]
        finally:
            frame.f_trace = None
        self.assertGreater(record["size"], 0)

    def test_frame_that_ended_keeps_what_it_needs(self):
        def fail():
            local = [u"local"]
            raise ValueError(local)

        try:
            fail()
        except ValueError as error:
            frame = sys.exc_info()[2].tb_next.tb_frame
            local = error.args[0]
        found = named(dump_support.take_dump().of(frame))
        self.assertEqual(found["f_code"], id(fail.__code__))
        self.assertEqual(found["local"], id(local))

    @unittest.skipUnless(VERSION >= (3, 13), "older frames keep a dictionary")
    def test_frame_object_keeps_locals_that_are_no_variables(self):
        frame = sys._getframe()
        frame.f_locals["added"] = [u"added"]
        found = named(dump_support.take_dump().of(frame))
        self.assertIn("f_extra_locals", found)

    @unittest.skipUnless(VERSION >= (3, 11), "older frames are objects")
    def test_running_frame_has_its_object(self):
        def run_with_an_object():
            return sys._getframe(), dump_support.take_dump()

        frame, dump = run_with_an_object()
        records = [x for x in dump.frames() if x.get("name") == "run_with_an_object"]
        found = [named(x).get("f_object") for x in records]
        self.assertIn(id(frame), found)

    @unittest.skipUnless(VERSION >= (3, 11), "older frames do not keep it")
    def test_frame_that_ended_keeps_its_function_and_namespace(self):
        namespace, variables = {"sys": sys}, {}
        exec("frame = sys._getframe()\ndef get(): return sys._getframe()", namespace, variables)
        ended = variables["get"]()
        dump = dump_support.take_dump()
        self.assertEqual(named(dump.of(ended))["f_func"], id(variables["get"]))
        self.assertEqual(named(dump.of(variables["frame"]))["f_locals"], id(variables))

    def test_running_frame_has_its_namespaces(self):
        namespace = {"dump": dump_support.take_dump, "__builtins__": __builtins__}
        variables = {}
        exec(compile("result = dump()", "<parts_test>", "exec"), namespace, variables)
        dump = variables["result"]
        frames = [x for x in dump.frames()]
        (record,) = [x for x in frames if x.get("file") == "<parts_test>"]
        found = named(record)
        self.assertEqual(found["f_globals"], id(namespace))
        self.assertEqual(found["f_locals"], id(variables))
        self.assertEqual(dump.at(found["f_builtins"])["type"], "dict")
        self.assertEqual(dump.at(found["f_code"])["type"], "code")

    @unittest.skipUnless(VERSION >= (3, 11), "older frames do not keep it")
    def test_running_frame_has_its_function(self):
        def run_for_its_function():
            return dump_support.take_dump()

        dump = run_for_its_function()
        frames = [x for x in dump.frames()]
        (record,) = [x for x in frames if x.get("name") == "run_for_its_function"]
        self.assertEqual(named(record)["f_func"], id(run_for_its_function))


if __name__ == "__main__":
    unittest.main()
