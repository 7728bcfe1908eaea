# The commands that people and CI share. Start with `make demo` or `make test`.
PYTHON ?= python3
BIN := .venv/bin
LOCK := deploy/requirements.txt
# Where tests of servers are: to look for them among all the others takes 20 s.
SERVED := tests/integration tests/container tests/page tests/test_manual.py

# What Python compiles is kept, or every one of the tests' processes would compile all of rasid again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test test-alone test-served test-fast lint manual setup test-browser test-faults test-flink soak bench-stream bench bench-duplicates bench-tables bench-page evaluate train-entities train-reading sbom lock clean

demo: setup ## start Kafka, play the sample, run the pipeline, show what came out
	$(BIN)/rasid demo

test: setup ## everything, what waits for servers beside what does not: the real local Kafka and Flink, containers where an engine answers
	$(MAKE) --jobs=3 lint test-served test-flink test-alone

test-alone: setup ## what needs no server, hostile input too
	$(BIN)/python -m pytest -m "not integration and not container and not browser"

test-served: setup ## what needs Kafka, containers or a browser
	$(BIN)/python -m pytest -m "(integration or container or browser) and not flink" $(SERVED)

test-fast: setup ## what needs no server: under a minute
	$(BIN)/python -m pytest -m "not integration and not container and not fuzz and not browser"

lint: setup ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

manual: setup ## build the manual into build/manual; a broken link or a missing page fails
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

test-browser: setup ## the page in Debian's Chromium: every screen at four widths, live, keys, accessibility
	$(BIN)/python -m pytest -m browser

test-faults: setup ## kill and freeze brokers, runs and disks in the middle of things: nothing may be lost (minutes)
	$(BIN)/python -m pytest tests/integration/test_faults.py tests/integration/test_endless.py

test-flink: setup ## a real Flink of two TaskManagers: the direct run's records, kill -9, savepoint and resumption (minutes)
	$(BIN)/python -m pytest -m flink tests/integration/flink

soak: setup ## the same for an hour, at random but seeded, with articles arriving all the time
	$(BIN)/python -W ignore -m tests.bench.soak

bench-stream: setup ## latency, rate, memory and restart of an endless run
	$(BIN)/python -W ignore -m tests.bench.bench_stream

bench: setup ## articles a second, each stage's share, the ratio to a plain loop
	$(BIN)/python -m tests.bench.bench_pipeline

bench-duplicates: setup ## near-duplicates on the silver pairs: precision, recall, clusters, speed, bytes of state
	$(BIN)/python -m tests.bench.bench_duplicates --worst 10

bench-page: setup ## how fast the page answers over 100,000 articles
	$(BIN)/python -W ignore -m tests.bench.bench_page
	$(BIN)/python -W ignore -m tests.bench.bench_page_folder

bench-tables: setup ## export and questions over the records of many articles, as ratios to a bare reading
	$(BIN)/python -W ignore -m tests.bench.bench_tables

evaluate: setup ## names, identities, places and dates on development data: how good, how fast
	$(BIN)/python -m tests.bench.evaluate

train-entities: setup ## train both taggers anew: hours on a plain processor; stop it and it goes on where it was
	$(BIN)/python -m pip install --quiet --editable '.[train]'
	$(BIN)/python -m pipelines.training.tagger

train-reading: setup ## train both models on the hand-labelled articles: an afternoon; stop it and it goes on where it was
	$(BIN)/python -m pip install --quiet --editable '.[train]'
	$(BIN)/python -m pipelines.training.reading

sbom: setup ## what rasid rests on, with versions and licences, as CycloneDX in build/sbom.cdx.json
	mkdir -p build
	$(BIN)/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible --output-file build/sbom.cdx.json .venv/bin/python

setup: .venv/installed ## make .venv from the lock file

.venv/installed: $(LOCK) pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes --requirement $(LOCK)
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

lock: ## write the lock file anew from pyproject.toml (needs uv)
	uv pip compile --universal --generate-hashes --no-annotate --no-header --extra dev --python-version 3.11 \
		--output-file $(LOCK) pyproject.toml

clean: ## remove what was made here, the local broker's data too
	-$(BIN)/rasid broker stop
	rm -rf .venv .rasid build *.egg-info
