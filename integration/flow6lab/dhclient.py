"""ISC's dhclient in a host, with files of its own: it touches nothing of the machine's."""

import shlex

from flow6lab.waiting import until

_SCRIPT = """#!/bin/sh
# What a client calls with its news: kept in a file, and addresses put on the interface.
{ echo "reason=$reason"; env | grep -E '^(new|old|cur)_' ; echo end; } >> {events}
case $reason in
    BOUND6 | RENEW6 | REBIND6)
        [ -z "$new_ip6_address" ] || ip -6 address replace "$new_ip6_address/128" dev eth0 nodad ;;
    EXPIRE6 | RELEASE6 | STOP6)
        [ -z "$old_ip6_address" ] || ip -6 address del "$old_ip6_address/128" dev eth0 ;;
esac
exit 0
"""


class Dhclient:
    """ISC's dhclient -6 in the foreground, with files of its own. `words` are options such as -P, -N or -S."""

    def __init__(self, host, *words, options="dhcp6.name-servers, dhcp6.domain-search"):
        self.host = host
        self._words = words
        self._files = {kind: host.folder / f"{host.name}-dhclient.{kind}" for kind in ("script", "events", "leases", "pid", "conf")}
        self._files["script"].write_text(_SCRIPT.replace("{events}", shlex.quote(str(self._files["events"]))))
        self._files["script"].chmod(0o755)
        self._files["conf"].write_text(f"also request {options};\ntimeout 20;\n")
        self._files["events"].touch()
        self._process = None

    def _command(self, *more):
        files = self._files
        return ("dhclient", "-6", "-v", "-D", "LL", "-sf", files["script"], "-lf", files["leases"], "-pf", files["pid"], "-cf", files["conf"],
                *more, "eth0")

    def start(self):
        self._process = self.host.spawn(*self._command("-d", *self._words))
        return self

    def events(self):
        """What the script was called with so far, in order: dictionaries of its variables, with the reason."""
        text = self._files["events"].read_text()
        blocks = [block.splitlines() for block in text.split("\nend\n")[:-1]]
        return [dict(line.split("=", 1) for line in block if "=" in line) for block in blocks]

    def wait(self, reason, within=20.0, after=0):
        """The first event with that reason among those after the first `after`."""
        return until(lambda: [event for event in self.events()[after:] if event["reason"] == reason], f"dhclient: {reason}", within)[0]

    def wait_log(self, text, within=20.0):
        self._process.wait_for_output(text, within)

    def stop(self):
        self._process.kill()

    def release(self):
        """Stops it and gives back what it has; it does not wait for the answer."""
        self.stop()
        self.host.run(*self._command("-r", *self._words))
