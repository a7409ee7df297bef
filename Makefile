# Targets of Flow6. `make help` says what each does.
PYTHON := /usr/bin/python3
MAVEN := mvn -q -B
# Bytecode is not left in the tree.
export PYTHONDONTWRITEBYTECODE := 1
export PYTHONPATH := $(CURDIR)/integration

.DEFAULT_GOAL := help
.PHONY: help setup demo test check format it acceptance bench docs dist clean
# Two Maven runs in one tree disturb each other, with -j too.
.NOTPARALLEL:

help: ## Say what there is
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

setup: ## Install the Debian packages that are missing (needs root then)
	@integration/setup

demo: setup dist ## Show Flow6 at work, on its own Open vSwitch in network namespaces (root)
	@integration/demo

test: setup ## Everything: format, unit, architecture and integration tests (root)
	@integration/test

check: setup ## Compile with all checks and look at the format; no tests
	$(MAVEN) -DskipTests verify spotless:check
	$(PYTHON) -m pytest --collect-only --quiet --quiet -c integration/pytest.ini integration/tests > /dev/null

format: setup ## Format the Java code
	$(MAVEN) spotless:apply

it: setup dist ## The integration tests alone (root); ARGS="-k name" picks some
	$(PYTHON) -m pytest -c integration/pytest.ini integration/tests $(ARGS)

acceptance: dist ## Outside judges of Neutron's API: the openstack client, also on a switch (root), tempest
	@integration/setup --acceptance
	@integration/acceptance/run $(ARGS)

bench: dist ## Measure beside references: a table, and integration/target/bench/results.json (root)
	@integration/setup --bench || integration/setup
	@echo "bench: compile …"
	@java -cp integration/target/test-classes:$$(cat integration/target/test.classpath) \
	    org.flow6.integration.CompileBenchmark > integration/target/compile.json
	$(PYTHON) -m bench --rows integration/target/compile.json $(ARGS)

docs: dist ## Render the pages made from the code
	bin/flow6 pipeline > dist/pipeline.md && mv dist/pipeline.md docs/
	bin/flow6 configuration > dist/configuration.md && mv dist/configuration.md docs/
	bin/flow6 network-file > dist/network-file.md && mv dist/network-file.md docs/
	bin/flow6 api-page > dist/api.md && mv dist/api.md docs/

dist: setup ## Build what bin/flow6 runs, and the archive, in dist/
	$(MAVEN) -DskipTests package

clean: ## Remove what was built
	$(MAVEN) clean
	rm -rf dist .pytest_cache integration/.pytest_cache
	find integration -name __pycache__ -prune -exec rm -rf {} +
