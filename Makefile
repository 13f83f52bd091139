# Every target is a script in Scripts/, so that it can be run without make too.
.DEFAULT_GOAL := help
.PHONY: help setup build demo test lint format docs oracles oracles-check certified agreement \
  nightly peers parity levels sanitize fuzz mutants bench notebooks lab clean

help:  ## Show this list
	@echo 'make TARGET, where TARGET is one of'
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1 \2/p' $(firstword $(MAKEFILE_LIST)) \
	  | while read -r name text; do printf '  %-15s%s\n' "$$name" "$$text"; done

setup:  ## Install what is missing: system packages, and Python packages into .venv
	@Scripts/setup.sh tests

build:  ## Build the library and the infotheory tool, optimised
	@Scripts/setup.sh build
	@swift build -c release

demo:  ## Build, then compare two cities' temperatures and three penguin species
	@Scripts/demo.sh

test:  ## Run every check that a change must pass
	@Scripts/test.sh

lint:  ## Check the layout and the documentation comments of all Swift files
	@Scripts/lint.sh

format:  ## Lay out all Swift files
	@swift format format --in-place --parallel --recursive Package.swift Sources Tests Fuzz Benchmarks/Package.swift \
	  Benchmarks/Sources Benchmarks/Benchmarks Notebooks/jupyter

docs:  ## Build the documentation into .build-docs
	@Scripts/docs.sh

oracles:  ## Write the reference values of the tests again
	@Scripts/setup.sh tests
	@.venv/bin/python Scripts/oracles.py

oracles-check:  ## Check that the reference values are what the scripts write
	@Scripts/setup.sh tests
	@.venv/bin/python Scripts/oracles.py --check

peers:  ## Ask other packages the same questions, beside the truth
	@Scripts/setup.sh peers
	@swift build -c release
	@.venv/bin/python Scripts/peers.py "$$(swift build -c release --show-bin-path)/infotheory"

parity:  ## Compare the presets of the losses with six frameworks
	@Scripts/setup.sh build
	@Scripts/parity/run.sh

certified:  ## Hold certified answers to 10000 random questions against ball arithmetic
	@Scripts/setup.sh tests
	@swift build -c release
	@.venv/bin/python Scripts/check-certified.py "$$(swift build -c release --show-bin-path)/infotheory"

agreement:  ## Hold the library against the oracle in a million questions, and time the oracle
	@Scripts/setup.sh build
	@swift run -c release OracleAgreement $(ARGUMENTS)

nightly: certified agreement  ## Check what takes too long for every change

levels:  ## Run the kernels at every level of instructions, in emulators too
	@Scripts/setup.sh build
	@Scripts/levels/run.sh

sanitize:  ## Run the kernels and the tests under the sanitizers; over an hour
	@Scripts/setup.sh build
	@Scripts/sanitize.sh

fuzz:  ## Fuzz the tool and the initialisers, ten minutes each; ARGUMENTS="60 csv" asks for less
	@Scripts/setup.sh build
	@Scripts/fuzz.sh $(ARGUMENTS)

mutants:  ## Break the kernels here and there and count what the tests notice; ARGUMENTS=--help
	@Scripts/setup.sh build
	@python3 Scripts/mutate.py $(or $(ARGUMENTS),kernels --limit 200)

bench:  ## Time the library beside other packages, turn by turn; ARGUMENTS="--help" says how
	@Scripts/setup.sh tests
	@Benchmarks/peers/run $(ARGUMENTS)

notebooks:  ## Test the Swift kernel and run all notebooks; ARGUMENTS=--update saves them
	@Scripts/notebooks.sh $(ARGUMENTS)

lab:  ## Open JupyterLab with the notebooks and the Swift kernel
	@Scripts/notebooks.sh --lab $(ARGUMENTS)

clean:  ## Remove everything that was built
	@rm -rf .build .build-docs Benchmarks/.build Tests/ClientProbe/.build
