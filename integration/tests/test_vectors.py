"""scapy and os-ken agree with the packets' records, in both directions: VectorsTest reads theirs, here they read ours."""

import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
VECTORS = ROOT / "packets" / "src" / "test" / "resources" / "vectors"


def check(file):
    done = subprocess.run(["/usr/bin/python3", "-B", VECTORS / "vectors.py", "--check", file],
                          capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_others_made_they_read_themselves():
    check(VECTORS / "vectors.json")


def test_others_read_what_the_records_write(tmp_path):
    file = tmp_path / "vectors.json"
    classes = f"{ROOT / 'packets' / 'target' / 'test-classes'}:{ROOT / 'dist' / 'lib'}/*"
    subprocess.run(["java", "-cp", classes, "org.flow6.packets.WrittenVectors", file], check=True, timeout=120)
    check(file)
