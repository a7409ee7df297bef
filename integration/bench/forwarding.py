"""How fast packets get from one host to another."""

import json
import time

from flow6lab import until


def throughput(sender, receiver, address, seconds):
    """Gbit/s of TCP to the receiver's address."""
    server = receiver.spawn("iperf3", "--server", "--one-off", "--forceflush")
    server.wait_for_output("listening")
    done = sender.run("iperf3", "--client", address, "--time", seconds, "--json")
    return json.loads(done.stdout)["end"]["sum_received"]["bits_per_second"] / 1e9


def small_packets(sender, receiver, frame, seconds):
    """Thousands of frames like this a second that get through."""
    sent = sender.frames_sent()
    sending = sender.start_flood([frame], seconds + 1)
    until(lambda: sender.frames_sent() > sent + 1000, "the packets flow")
    before, begin = receiver.frames_received(), time.monotonic()
    time.sleep(seconds - 0.5)
    arrived, lasted = receiver.frames_received() - before, time.monotonic() - begin
    sending.wait(10)
    return arrived / lasted / 1e3
