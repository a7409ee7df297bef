"""Sends frames as fast as one processor can, from inside a namespace: `python3 -m flow6lab.flood INTERFACE SECONDS RATE < FRAMES`.

FRAMES are hexadecimal, one a line, sent in turn. RATE is frames per second, 0 for no limit. Prints how many went out. The
frames go through a ring that the kernel shares (PACKET_TX_RING), so that Python is not the limit.
"""

import mmap
import socket
import struct
import sys
import time

_SOL_PACKET = 263
_PACKET_TX_RING = 13
_PACKET_QDISC_BYPASS = 20
_SLOT = 2048
_SLOTS = 1024
_DATA = 32  # sizeof(struct tpacket_hdr): the frame follows
_SEND_REQUEST = struct.pack("L", 1)


def flood(interface, frames, seconds, rate=0):
    """Sends `frames` in turn for that time; returns how many went out."""
    sender = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
    sender.setsockopt(_SOL_PACKET, _PACKET_QDISC_BYPASS, 1)
    sender.setsockopt(_SOL_PACKET, _PACKET_TX_RING, struct.pack("IIII", _SLOT * _SLOTS, 1, _SLOT, _SLOTS))
    ring = mmap.mmap(sender.fileno(), _SLOT * _SLOTS)
    sender.bind((interface, 0))
    for slot in range(_SLOTS):
        frame = frames[slot % len(frames)]
        start = slot * _SLOT
        ring[start + 8:start + 12] = struct.pack("I", len(frame))
        ring[start + _DATA:start + _DATA + len(frame)] = frame
    sent = 0
    begin = time.monotonic()
    while (now := time.monotonic()) < begin + seconds:
        due = _SLOTS if rate == 0 else min(_SLOTS, int((now - begin) * rate) - sent)
        if due <= 0:
            time.sleep(0.0005)
            continue
        for number in range(sent, sent + due):
            start = number % _SLOTS * _SLOT
            ring[start:start + 8] = _SEND_REQUEST
        sender.send(b"")  # blocks until all are gone
        sent += due
    return sent


if __name__ == "__main__":
    print(flood(sys.argv[1], [bytes.fromhex(line) for line in sys.stdin.read().split()], float(sys.argv[2]), float(sys.argv[3])))
