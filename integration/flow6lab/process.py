"""Child processes that end with the process that started them, whatever becomes of it."""

import ctypes
import os
import signal
import subprocess

from flow6lab.waiting import NeverTrue, until

_libc = ctypes.CDLL(None, use_errno=True)
_PR_SET_PDEATHSIG = 1

OWNER_VARIABLE = "FLOW6_LAB"
"""Environment variable that every process of a lab carries, so that `flow6lab.leftovers` knows them."""


class CommandFailed(AssertionError):
    """A command ended with a status other than 0; the message has its output."""


def _die_with_parent():
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def run(argv, *, check=True, within=60.0, env=None, text_in=None):
    """Runs a command to its end; stdout and stderr come back as text. Raises CommandFailed unless `check` is false."""
    argv = [str(word) for word in argv]
    done = subprocess.run(argv, capture_output=True, text=True, errors="replace", timeout=within, env=env, input=text_in,
                          preexec_fn=_die_with_parent)
    if check and done.returncode != 0:
        raise CommandFailed(f"{' '.join(argv)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done


class Process:
    """A running child, the leader of its own process group, with its output in a file.

    The kernel kills it when the thread that started it ends: start it from the thread that will end it.
    """

    def __init__(self, argv, log, env=None):
        self.log = log
        self._output = open(log, "ab")
        self._process = subprocess.Popen([str(word) for word in argv], stdin=subprocess.DEVNULL, stdout=self._output,
                                         stderr=subprocess.STDOUT, env=env, start_new_session=True,
                                         preexec_fn=_die_with_parent)
        self.pid = self._process.pid

    @property
    def exit_code(self):
        """None while it runs, the exit status after, negative for a signal."""
        return self._process.poll()

    def output(self):
        return self.log.read_text(errors="replace")

    def send_signal(self, number):
        """Sends a signal to this process alone."""
        if self.exit_code is None:
            os.kill(self.pid, number)

    def wait(self, within=10.0):
        """The exit status; raises NeverTrue with the output's end when it does not come."""
        try:
            return self._process.wait(within)
        except subprocess.TimeoutExpired:
            raise NeverTrue(f"process {self.pid} still runs after {within:g} s:\n{self.output()[-2000:]}") from None

    def kill(self):
        """Kills it and what it started, at once. Safe to call again."""
        if self._output.closed:
            return
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self._process.wait()
        self._output.close()

    def stop(self, number=signal.SIGTERM, within=10.0):
        """Asks it to end; kills it when it does not."""
        self.send_signal(number)
        try:
            self.wait(within)
        except NeverTrue:
            pass
        self.kill()

    def wait_for_output(self, text, within=10.0):
        """Waits until `text` stands in its output."""
        until(lambda: text in self.output(), f"output of process {self.pid} says {text!r}", within)
