"""What a program that leaks must be said to leak, and what is said."""

import ast
import json
import os
import subprocess

from tests.end_to_end.commands import dump_oracle
from tests.end_to_end.support import heapgrind_program

# Which of the three dumps are given to which command, whose first sentence counts.
QUESTIONS = {"one": ("summary", (3,)), "two": ("diff", (2, 3)), "three": ("diff", (1, 2, 3))}


def retained(dump, holders):
    """Returns the records of what nothing reaches but through some objects: of one holder with
    itself, of several, who share, without them.

    Two walks over the raw references: an independent answer to ours, which is made of
    dominators and of rules.
    """
    held = _reached(dump, ())
    for address in _reached(dump, holders):
        del held[address]
    if len(holders) > 1:
        for address in holders:
            del held[address]
    return held


def _reached(dump, without):
    found = {}
    waiting = dump.starts()
    while waiting:
        address = waiting.pop()
        if address in found or address in without:
            continue
        record = found[address] = dump.objects[address]
        waiting += [target for target in record["refs"]
                    if target not in found and target in dump.objects]
    return found


def expected_bytes(folder):
    """Returns by question how many bytes the leak has, as the dumps in a folder say.

    From one dump it is what is there; two and three compare what was asked for.
    """
    with open(os.path.join(folder, "holders.json"), encoding="utf-8") as file:
        holders = json.load(file)
    dumps = [dump_oracle.DumpOracle(os.path.join(folder, f"{number}.json"))
             for number in (1, 2, 3)]
    _, second, third = map(retained, dumps, holders)
    first_objects, second_objects = (set(map(_identity, dump.objects.values()))
                                     for dump in dumps[:2])
    came = second_objects - first_objects
    stayed = [record for record in third.values() if _identity(record) in came]
    return {"one": sum(record.get("resident", record["size"]) for record in third.values()),
            "two": _size(third.values()) - _size(second.values()),
            "three": _size(stayed)}


def _identity(record):
    """What cannot change while an object lives; its size can."""
    return record["address"], record["type"], record.get("value")


def _size(records):
    return sum(record["size"] for record in records)


def expected(program, folder):
    """Returns by question the owner, the type, and how many objects of how many bytes.

    The first three are constants of the program.

    Args:
        program: Its path.
        folder: Where run has put its dumps.
    """
    constants = _constants(program)
    owner, type_, each = (constants[name] for name in ("OWNER", "TYPE", "EACH"))
    held_type, held = constants.get("HELD", (type_, 3 * each))
    sizes = expected_bytes(folder)
    return {"one": (owner, held_type, held, sizes["one"]),
            "two": (owner, type_, each, sizes["two"]),
            "three": (owner, type_, each, sizes["three"])}


def _constants(program):
    """Returns what the names in capitals of a program stand for, without running it."""
    with open(program, encoding="utf-8") as file:
        body = ast.parse(file.read()).body
    values = {}
    for line in body:
        target = line.targets[0] if isinstance(line, ast.Assign) else None
        names = [getattr(name, "id", "") for name in getattr(target, "elts", [target])]
        if not all(name.isupper() for name in names):
            continue
        is_tuple = isinstance(line.value, ast.Tuple)
        parts = [values.get(part.id) if isinstance(part, ast.Name) else
                 getattr(part, "value", None)
                 for part in (line.value.elts if is_tuple else [line.value])]
        if len(names) == 1:
            values[names[0]] = tuple(parts) if is_tuple else parts[0]
        else:
            values.update(zip(names, parts))
    return values


def run(program, folder, python, packages):
    """Runs a program in its rounds; its dumps are in the folder then.

    Raises:
        subprocess.CalledProcessError: It failed; stderr says why.
    """
    subprocess.run(
        [python, os.path.abspath("tests/end_to_end/sentences/rounds.py"),
         os.path.abspath(program), folder],
        env={"PYTHONPATH": packages, "PATH": "/usr/bin:/bin", "PYTHONHASHSEED": "0"}, cwd=folder,
        stdin=subprocess.DEVNULL, check=True)


def first_sentences(folder):
    """Returns by question the first sentence, as JSON has it; None if there is none."""
    said = {}
    for question, (command, numbers) in QUESTIONS.items():
        dumps = [os.path.join(folder, f"{number}.json") for number in numbers]
        result = heapgrind_program.run(command, "--json", *dumps)
        sentences = json.loads(result.stdout)["sentences"]
        said[question] = sentences[0] if sentences else None
    return said


def is_hit(expectation, sentence):
    """Whether a sentence says what it should.

    Where two types have one name, the sentence has the module's in front.
    """
    owner, type_, count, size = expectation
    return sentence is not None and (
        (sentence["owner"], sentence["type"].split(".")[-1], sentence["count"],
         sentence["bytes"]) == (owner, type_, count, size))
