"""The command `python3 -m flow6lab.sweep`: see `leftovers`."""

from flow6lab.leftovers import sweep

if __name__ == "__main__":
    for line in sweep():
        print(line)
