"""Adds up JUnit reports: prints the names of what failed and, last, "N passed, N failed". Exit status 1 if any failed or none ran."""

import pathlib
import sys
import xml.etree.ElementTree


def read(path):
    """The outcome of each test of a report: (name, "passed", "failed" or "skipped")."""
    for case in xml.etree.ElementTree.parse(path).iter("testcase"):
        name = f"{case.get('classname')}.{case.get('name')}"
        kinds = {child.tag for child in case}
        if kinds & {"failure", "error"}:
            yield name, "failed"
        else:
            yield name, "skipped" if "skipped" in kinds else "passed"


def main(paths):
    outcomes = []
    for path in map(pathlib.Path, paths):
        if path.exists():
            outcomes += read(path)
        elif "*" not in path.name:
            outcomes.append((f"{path} was not written", "failed"))
    failed = [name for name, outcome in outcomes if outcome == "failed"]
    skipped = [name for name, outcome in outcomes if outcome == "skipped"]
    passed = len(outcomes) - len(failed) - len(skipped)
    for name in failed:
        print(f"failed: {name}")
    for name in skipped:
        print(f"skipped: {name}")
    print(f"{passed} passed, {len(failed)} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
