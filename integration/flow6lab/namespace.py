"""Network namespaces without a name in the file system: they vanish with the process that made them."""

import ctypes
import os
import socket
import threading

from flow6lab.process import OWNER_VARIABLE, Process, run

_libc = ctypes.CDLL(None, use_errno=True)
_CLONE_NEWNET = 0x40000000


def _checked(result, what):
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def _in_thread(function):
    """Runs `function` in a thread of its own, which may change its namespace without changing anybody else's."""
    answer = []
    failure = []

    def body():
        try:
            answer.append(function())
        except BaseException as problem:
            failure.append(problem)

    thread = threading.Thread(target=body)
    thread.start()
    thread.join()
    if failure:
        raise failure[0]
    return answer[0]


class Namespace:
    """A network namespace, held by a file descriptor of this process.

    `owner` is the lab's name, `folder` is where logs of its processes go.
    """

    def __init__(self, name, owner, folder):
        self.name = name
        self.owner = owner
        self.folder = folder
        self._processes = []

        def create():
            _checked(_libc.unshare(_CLONE_NEWNET), "unshare")
            return os.open("/proc/thread-self/ns/net", os.O_RDONLY | os.O_CLOEXEC)

        self._descriptor = _in_thread(create)
        self.path = f"/proc/{os.getpid()}/fd/{self._descriptor}"
        self.run("ip", "link", "set", "lo", "up")

    def enter(self, function):
        """Calls `function` inside the namespace (in a thread) and returns its answer."""

        def body():
            _checked(_libc.setns(self._descriptor, _CLONE_NEWNET), "setns")
            return function()

        return _in_thread(body)

    def socket(self, family, kind, protocol=0):
        """A socket of this namespace; it stays one wherever it is used."""
        return self.enter(lambda: socket.socket(family, kind, protocol))

    def connect(self, port, host="127.0.0.1", within=5.0):
        """A TCP connection to a listener in this namespace; `within` seconds are its timeout from then on too."""
        connection = self.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
        connection.settimeout(within)
        try:
            connection.connect((host, port))
        except BaseException:
            connection.close()
            raise
        return connection

    def sysctl(self, key, value):
        """Sets a sysctl of the net subtree, named with slashes, such as ipv6/conf/eth0/accept_ra."""

        def write():
            with open(f"/proc/sys/net/{key}", "w") as file:
                file.write(str(value))

        self.enter(write)

    def read_sysctl(self, key):
        """The value of a sysctl of the net subtree, as text."""

        def read():
            with open(f"/proc/sys/net/{key}") as file:
                return file.read().strip()

        return self.enter(read)

    def _environment(self, extra):
        return {**os.environ, OWNER_VARIABLE: self.owner, **(extra or {})}

    def run(self, *argv, check=True, within=60.0, env=None, text_in=None):
        """Runs a command in the namespace to its end: see `process.run`."""
        return run(["nsenter", f"--net={self.path}", *argv], check=check, within=within, env=self._environment(env),
                   text_in=text_in)

    def spawn(self, *argv, env=None, log=None):
        """Starts a command in the namespace: see `process.Process`. `log` is a file name within the lab's folder of logs."""
        # Apart from configuration files, whose folder is watched by who reads them.
        logs = self.folder / "log"
        logs.mkdir(exist_ok=True)
        name = log or f"{self.name}-{len(self._processes)}-{os.path.basename(str(argv[0]))}.log"
        process = Process(["nsenter", f"--net={self.path}", *argv], logs / name, env=self._environment(env))
        self._processes.append(process)
        return process

    def close(self):
        """Kills what was started here and gives the namespace up: it and its interfaces go with the last process in it."""
        for process in self._processes:
            process.kill()
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
