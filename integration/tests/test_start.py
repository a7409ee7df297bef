"""A start takes its classes from the archive, and has Java make next to no code as it runs."""

import re

from flow6lab import Controller, Lab, Network

# Of each kind: some are Java's own, which no archive keeps, and what was not trained.
_MADE_BY_JAVA = 60
_NOT_TRAINED = 10


def test_classes_come_from_the_archive_and_records_need_no_code_made():
    with Lab() as lab:
        network = Network.simple(10).bind_by_name()
        classes = lab.folder / "classes"
        flow6 = Controller(lab, network, bind="name", settings={"openflow": {"connect": [f"unix:{lab.ovs.folder}/{lab.bridge}.mgmt"]}})
        flow6.environment = {"JAVA_OPTS": f"-Xlog:class+load=info:file={classes}"}
        flow6.start()
        flow6.sigterm()
        loaded = [line.split("] ")[-1] for line in classes.read_text().splitlines() if " source: " in line]
    assert len(loaded) > 3000, "the log of classes is not that of a start"
    others = [line for line in loaded if "shared objects file" not in line]
    own = [line for line in others if line.startswith("org.flow6.")]
    made = [line for line in others if re.match(r"java\.lang\.invoke\.LambdaForm|.*\$\$Lambda", line)]
    assert len(own) <= _NOT_TRAINED, own
    assert len(made) <= _MADE_BY_JAVA, made
    assert len(others) <= _MADE_BY_JAVA + 2 * _NOT_TRAINED, others
