"""Finds and ends what labs of crashed runs left; `python3 -m flow6lab.sweep` does it.

Namespaces end with their processes, and those with their lab, even when it is killed. A folder can stay, and a process
that somebody stopped; their names tell the pid of the owner.
"""

import os
import pathlib
import re
import shutil
import signal
import tempfile

PREFIX = "f6-"

_OWNED = re.compile(rf"{PREFIX}(\d+)-\w+")


def _owner(name):
    found = _OWNED.fullmatch(name)
    return int(found.group(1)) if found else None


def _orphaned(name):
    owner = _owner(name)
    return owner is not None and not os.path.exists(f"/proc/{owner}")


def processes(wanted=_orphaned):
    """(pid, lab's name) of every process that belongs to a lab whose name is wanted; by default one whose owner is dead."""
    from flow6lab.process import OWNER_VARIABLE

    mark = f"{OWNER_VARIABLE}=".encode()
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            environment = (entry / "environ").read_bytes().split(b"\0")
        except OSError:
            continue
        names = [word[len(mark):].decode() for word in environment if word.startswith(mark)]
        if names and wanted(names[0]):
            found.append((int(entry.name), names[0]))
    return found


def folders(wanted=_orphaned):
    """The folders of labs whose name is wanted; by default of those whose owner is dead."""
    return [path for path in pathlib.Path(tempfile.gettempdir()).glob(f"{PREFIX}*-*") if wanted(path.name)]


def sweep():
    """Ends the processes and removes the folders of labs whose owner is dead. Returns what it removed, as texts."""
    removed = []
    for pid, name in processes():
        try:
            os.kill(pid, signal.SIGKILL)
            removed.append(f"process {pid} of {name}")
        except ProcessLookupError:
            pass
    for path in folders():
        shutil.rmtree(path, ignore_errors=True)
        removed.append(str(path))
    return removed
