"""What Ryu's library (os-ken is its maintained fork) makes of multipart replies.

Reads lines of "KIND TYPE HEX", the body of a reply of that multipart type, and prints one line of JSON for each: what
ofctl_v1_3.get_KIND answers, without the datapath id around it.
"""
import json
import struct
import sys

from os_ken.lib import ofctl_utils, ofctl_v1_3
from os_ken.ofproto import ofproto_v1_3, ofproto_v1_3_parser


class Datapath:
    id = 1
    ofproto = ofproto_v1_3
    ofproto_parser = ofproto_v1_3_parser


for line in sys.stdin:
    kind, number, body = (line.rstrip("\n") + " ").split(" ")[:3]
    body = bytes.fromhex(body)
    frame = struct.pack("!BBHIHHI", 4, 19, 16 + len(body), 1, int(number), 0, 0) + body
    reply = ofproto_v1_3_parser.msg_parser(Datapath, 4, 19, len(frame), 1, frame)
    ofctl_utils.send_stats_request = lambda dp, stats, waiters, msgs, logger=None: msgs.append(reply)
    print(json.dumps(getattr(ofctl_v1_3, "get_" + kind)(Datapath, {})["1"]), flush=True)
