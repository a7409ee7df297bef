"""scapy and os-ken agree with the packets' records, in both directions: VectorsTest reads theirs, here they read ours."""

import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
VECTORS = ROOT / "packets" / "src" / "test" / "resources" / "vectors"
CLASSES = f"{ROOT / 'packets' / 'target' / 'test-classes'}:{ROOT / 'dist' / 'lib'}/*"


def check(file, script="vectors.py"):
    done = subprocess.run(["/usr/bin/python3", "-B", VECTORS / script, "--check", file],
                          capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_others_made_they_read_themselves():
    check(VECTORS / "vectors.json")


def test_others_read_what_the_records_write(tmp_path):
    file = tmp_path / "vectors.json"
    subprocess.run(["java", "-cp", CLASSES, "org.flow6.packets.WrittenVectors", file], check=True, timeout=120)
    check(file)


def test_scapy_reads_ipv4_packets_of_the_records(tmp_path):
    file = tmp_path / "ipv4.json"
    subprocess.run(["java", "-cp", CLASSES, "org.flow6.packets.Ipv4Json", file], check=True, timeout=120)
    for packets in (VECTORS / "ipv4.json", file):
        check(packets, "ipv4.py")
