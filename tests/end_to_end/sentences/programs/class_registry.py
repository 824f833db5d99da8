"""A class that keeps all of its instances."""

OWNER, TYPE, EACH = "class_registry.Job.all_jobs", "Job", 2000


class Job:
    all_jobs = []

    def __init__(self, number):
        self.name = f"job-{number}"
        self.arguments = [f"--input={number}.{i}" for i in range(20)]
        self.result = None
        Job.all_jobs.append(self)


def run(first):
    for number in range(first, first + EACH):
        Job(number).result = number * 1.5


def holder():
    return Job.all_jobs
