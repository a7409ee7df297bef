"""The clock that a program sees, which tests set; intervals stay what they are."""

import pathlib

_LIBRARIES = pathlib.Path("/usr/lib")


class Clock:
    """A clock that goes before or after the machine's, for programs that are started with its `environment`."""

    def __init__(self, file):
        """`file` is where its difference is kept."""
        self._file = file
        self.jump(0)

    @property
    def environment(self):
        library = next(_LIBRARIES.glob("*/faketime/libfaketimeMT.so.1"))
        # Java waits by the monotonic clock, which its "fix" would take for the other one.
        return {"LD_PRELOAD": str(library), "FAKETIME_TIMESTAMP_FILE": str(self._file), "FAKETIME_CACHE_DURATION": "1",
                "FAKETIME_DONT_FAKE_MONOTONIC": "1", "FAKETIME_FORCE_MONOTONIC_FIX": "0"}

    def jump(self, seconds):
        """Sets it to so many seconds after the machine's; programs see it within a second."""
        fresh = self._file.with_name(f"{self._file.name}.new")
        fresh.write_text(f"{seconds:+d}\n")
        fresh.replace(self._file)
