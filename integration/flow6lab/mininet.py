"""Runs Mininet on a lab's Open vSwitch, where it can disturb nothing else.

Mininet expects to own the machine: it makes links in its own namespace, and after a crash it kills processes by name and
removes files in /tmp. Here it gets the lab's network namespace, processes of its own and a /tmp of its own.
"""

import shlex


def _run(lab, command, within):
    own = lab.folder / "mininet-tmp"
    (own / lab.name).mkdir(parents=True, exist_ok=True)
    # The lab's folder is in /tmp, and must stay there for the sockets of Open vSwitch.
    script = f"mount --bind {lab.folder} {own}/{lab.name} && mount --rbind {own} /tmp && exec {command}"
    done = lab.ovs.namespace.run("unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "sh", "-c", script,
                                 env=lab.ovs.environment, within=within, check=False)
    return done.stdout + done.stderr


def run_mn(lab, commands, *options, within=120):
    """Runs `mn` with these options and gives it these commands as if typed at its prompt; returns what it printed."""
    file = lab.folder / "mn-commands"
    file.write_text("\n".join([*commands, ""]))
    return _run(lab, f"mn {shlex.join(options)} --test none --post {file}", within)


def run_script(lab, text, within=120):
    """Runs a Python script that uses Mininet; returns what it printed."""
    file = lab.folder / "mn-script.py"
    file.write_text(text)
    return _run(lab, f"/usr/bin/python3 {file}", within)
