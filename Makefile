# payout: what a newcomer can do here. `make help` lists it.

SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
LIBRARIES := libsqlite3-dev libxlsxwriter-dev zlib1g-dev pkg-config
SOURCES := Package.swift Sources Tests
TEST_PYTHON := .build/tools/tests/bin/python
# A target that imports what it does not depend on builds by accident of the order.
BUILD := swift build --explicit-target-dependency-import-check error

.PHONY: help demo test api-check simulate fuzz fuzz-files lint format build man docs install libraries test-tools bench peer bench-tools browser-test guide-pictures browser-tools clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 24

demo: build ## pay samples/payroll.csv through the built-in bank and write output/payroll.xlsx
	@rm -f output/demo.sqlite output/demo.sqlite-* output/demo.sqlite.* output/demo.key output/demo.key.*
	@status=0; PAYOUT_KEY_FILE=output/demo.key .build/release/payout run samples/payroll.csv \
	    --sandbox --yes --ledger output/demo.sqlite || status=$$?; \
	echo; echo "payout ended with status $$status (10: some rows refused, 11: some for a person, as the sample means to show)"; \
	case $$status in 0|10|11) ;; *) exit $$status ;; esac; \
	test -s output/payroll.xlsx && echo "look at output/payroll.xlsx"

test: libraries test-tools browser-tools .build/tools/tests/installed ## run the whole test suite
	$(BUILD) --build-tests
	$(API_CHECK)
	swift test --skip-build --skip SimulationTests
	@# By itself: it keeps every core busy, and other tests wait for moments of running programs.
	swift test --skip-build --filter SimulationTests
	$(BROWSER_TEST)

BROWSER_TEST = PYTHONDONTWRITEBYTECODE=1 $(TEST_PYTHON) -m pytest Tests/BrowserTests
browser-test: libraries test-tools browser-tools .build/tools/tests/installed ## drive the desk in a real browser; TEST=name for some of it
	$(BUILD) --product payout
	$(BROWSER_TEST) $(if $(TEST),-k "$(TEST)")

guide-pictures: libraries browser-tools .build/tools/tests/installed ## take the pictures of docs/guide anew
	@dpkg -s pngquant chromium-l10n >/dev/null 2>&1 \
	    || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq pngquant chromium-l10n; }
	$(BUILD) --product payout
	PAYOUT_GUIDE_PICTURES=$(CURDIR)/docs/guide/img $(BROWSER_TEST) -k "whole_job or approves_and"

# By Schemathesis, with a fixed seed; PAYOUT_TEST_SEED=7 chooses another.
API_CHECK = PYTHONDONTWRITEBYTECODE=1 $(TEST_PYTHON) Tests/APIDescription/check.py
api-check: libraries .build/tools/tests/installed ## hold the sandbox against docs/openapi.yaml
	$(BUILD) --build-tests
	$(API_CHECK)

SEEDS ?= 2000
FROM ?= 1
simulate: libraries ## play SEEDS=2000 whole runs with faults and crashes, beginning with seed FROM=1
	$(BUILD) --build-tests
	PAYOUT_SIMULATE_SEEDS=$(SEEDS) PAYOUT_SIMULATE_FROM=$(FROM) swift test --skip-build --filter noStoryBreaksThePromise

ROUNDS ?= 1000000
fuzz: libraries ## throw ROUNDS=1000000 mutated answers at the bank client
	$(BUILD) --build-tests
	PAYOUT_FUZZ_ROUNDS=$(ROUNDS) swift test --skip-build --filter noAnswerIsTakenForMoreThanItSays

fuzz-files: libraries ## throw ROUNDS damaged payout files at the reader
	$(BUILD) --build-tests
	PAYOUT_FUZZ_ROUNDS=$(ROUNDS) swift test --skip-build --filter noFileIsTakenForMoreThanItSays

PEER ?= ../shared/peer
bench: peer build bench-tools .build/tools/bench/installed ## measure side by side: ONLY=name for one, QUICK=1 for a trial, LONG=1 for all, PEER=folder
	python3 Benchmarks/bench.py --peer $(PEER) $(if $(ONLY),--only $(ONLY)) $(if $(QUICK),--quick) $(if $(LONG),--long)

lint: ## check the layout of the code
	swift format lint --strict --recursive --parallel $(SOURCES)

format: ## lay the code out
	swift format --in-place --recursive --parallel $(SOURCES)

# Swift's own libraries are linked in: the program needs no Swift where it runs, and a payout takes a twentieth less. By lld,
# for gold, which the toolchain takes by itself, warns of Foundation's `mktemp`, which payout does not call.
RELEASE := $(BUILD) --configuration release --static-swift-stdlib -Xswiftc -use-ld=lld
build: libraries ## build the program: .build/release/payout
	$(RELEASE) --product payout

# By the parser's own tool: its plugin would build the program anew, and leave one that is linked otherwise.
man: build ## write the manual pages to output/man
	$(RELEASE) --product generate-manual
	mkdir -p output/man
	.build/release/generate-manual .build/release/payout --multi-page --output-directory output/man

# By the toolchain's own docc: a plugin would be one more package for all who only want to build.
docs: libraries ## write the documentation of the bank's API as a Swift library to output/docs
	swift package dump-symbol-graph --skip-synthesized-members
	rm -rf output/symbols output/docs && mkdir -p output/symbols
	cp .build/*/symbolgraph/MerchantAPI.symbols.json .build/*/symbolgraph/PaymentValues.symbols.json output/symbols
	docc convert Sources/MerchantAPI/MerchantAPI.docc --additional-symbol-graph-dir output/symbols \
	    --fallback-display-name MerchantAPI --fallback-bundle-identifier payout.MerchantAPI \
	    --warnings-as-errors --output-path output/docs
	@echo 'look at it with: python3 -m http.server -d output/docs 8080, under /documentation/merchantapi'

PREFIX ?= /usr/local
install: man ## put the program, its manual pages and shell completions under PREFIX=/usr/local
	install -D -m 755 .build/release/payout $(DESTDIR)$(PREFIX)/bin/payout
	install -d $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 644 output/man/*.1 $(DESTDIR)$(PREFIX)/share/man/man1
	for shell in bash:bash-completion/completions/payout zsh:zsh/site-functions/_payout \
	        fish:fish/vendor_completions.d/payout.fish; do \
	    file=$(DESTDIR)$(PREFIX)/share/$${shell#*:}; mkdir -p $$(dirname $$file); \
	    .build/release/payout --generate-completion-script $${shell%%:*} > $$file; \
	done

# Each library is looked for before anything is installed, so that a machine that has them needs no network and no root.
libraries:
	@for package in $(LIBRARIES); do \
	    dpkg -s $$package >/dev/null 2>&1 || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
	    $(SUDO) apt-get update -qq && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$missing; \
	fi

# The reports are opened by another program than the one that wrote them.
test-tools:
	@command -v python3 >/dev/null || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq python3; }
	@python3 -c 'import openpyxl' 2>/dev/null || python3 -m pip install --quiet openpyxl 2>/dev/null \
	    || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq python3-openpyxl; }
	@command -v curl >/dev/null || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq curl; }
	@command -v openssl >/dev/null || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq openssl; }
	@command -v faketime >/dev/null || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq faketime; }
	@# Unpacked and not installed: nobody who tests payout wants a monitoring server started.
	@command -v promtool >/dev/null || test -x .build/tools/usr/bin/promtool || { mkdir -p .build/tools && cd .build/tools \
	    && $(SUDO) apt-get update -qq && apt-get download -qq prometheus && dpkg -x prometheus_*.deb . && rm prometheus_*.deb; }
	@command -v systemd-analyze >/dev/null || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq systemd; }

peer:
	@test -f $(PEER)/peer.py || { echo "$(PEER)/peer.py is not there: the folder with the program that payout is held" \
	    "against (peer.py, make_csv.py) lies beside the checkout, or is named: make bench PEER=folder" >&2; exit 1; }

# What payout is measured against, and what it is measured with.
bench-tools:
	@command -v wrk >/dev/null || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq wrk; }
	@command -v cc >/dev/null || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq gcc libc6-dev; }
# The fonts have Cyrillic letters; without them every page would be boxes.
browser-tools:
	@for package in chromium fonts-dejavu-core; do \
	    dpkg -s $$package >/dev/null 2>&1 || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
	    $(SUDO) apt-get update -qq \
	    && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; \
	fi

# Python programs of the tests and benchmarks have their packages beside what is built, and out of git.
.build/tools/tests/installed: Tests/requirements.txt
.build/tools/bench/installed: Benchmarks/requirements.txt
.build/tools/%/installed:
	@python3 -c 'import ensurepip' 2>/dev/null || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq python3-venv; }
	@rm -rf .build/tools/$* && python3 -m venv .build/tools/$*
	@.build/tools/$*/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

clean: ## remove what was built
	rm -rf .build
