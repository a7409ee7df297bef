"""ovs-appctl without a process for each command: the JSON-RPC of a daemon's control socket (ovs-appctl(8))."""

import json
import socket


class Unixctl:
    """A connection to the control socket of a lab's ovs-vswitchd. A context manager."""

    def __init__(self, ovs, program="ovs-vswitchd"):
        self._path = f"{ovs.folder}/{program}.{ovs.pid(program)}.ctl"
        self._next = 0

    def __enter__(self):
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.settimeout(20)
        self._socket.connect(self._path)
        return self

    def __exit__(self, *_):
        self._socket.close()

    def call(self, command, *words):
        """The command's output; raises AssertionError with the daemon's words if it fails."""
        self._next += 1
        self._socket.sendall(json.dumps({"id": self._next, "method": command, "params": list(words)}).encode())
        received = b""
        while True:
            part = self._socket.recv(65536)
            assert part, f"{self._path} closed while {command} ran"
            received += part
            try:
                reply = json.loads(received)
            except ValueError:
                continue
            assert reply["error"] is None, f"{command}: {reply['error']}"
            return reply["result"]
