# The tasks of a developer. `make help` lists them.

SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
LIBRARIES := libexpat1-dev libqrencode-dev libsqlite3-dev libxlsxwriter-dev libzip-dev zlib1g-dev pkg-config
SOURCES := Package.swift Sources Tests
TEST_PYTHON := .build/tools/tests/bin/python
# A target that imports what it does not depend on builds by accident of the order.
BUILD := swift build --explicit-target-dependency-import-check error

.PHONY: help demo test api-check model simulate company simulate-inbox mutants planted fuzz fuzz-files fuzz-statements statement-year lint format build man docs install install-files deb deb-test release libraries test-tools deb-tools model-tools bench peer bench-tools browser-test guide-pictures browser-tools clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 24

demo: build ## pay samples/payroll.csv through the built-in bank and write output/payroll.xlsx
	@rm -f output/demo.sqlite output/demo.sqlite-* output/demo.sqlite.* output/demo.key output/demo.key.*
	@status=0; PAYOUT_KEY_FILE=output/demo.key .build/release/payout run samples/payroll.csv \
	    --sandbox --yes --ledger output/demo.sqlite || status=$$?; \
	echo; echo "payout ended with status $$status (10: some rows refused, 11: some rows wait for a person; the sample shows both)"; \
	case $$status in 0|10|11) ;; *) exit $$status ;; esac; \
	test -s output/payroll.xlsx && echo "open output/payroll.xlsx"

test: libraries test-tools browser-tools .build/tools/tests/installed ## run the whole test suite
	$(BUILD) --build-tests
	$(API_CHECK)
	@# Bounded: each test holds files open, and Foundation's Process crashes when a program has more than 1,024.
	swift test --skip-build --skip "EndToEndTests|SimulationTests" --experimental-maximum-parallelization-width 12
	@# Run alone: these tests take turns, and would keep the others waiting.
	swift test --skip-build --filter EndToEndTests
	@# Run alone: the simulation uses every core, and other tests depend on the timing of running programs.
	swift test --skip-build --filter SimulationTests
	$(BROWSER_TEST)

BROWSER_TEST = PYTHONDONTWRITEBYTECODE=1 $(TEST_PYTHON) -m pytest Tests/BrowserTests
browser-test: libraries test-tools browser-tools .build/tools/tests/installed ## drive the desk in a real browser; TEST=name runs a part
	$(BUILD) --product payout
	$(BROWSER_TEST) $(if $(TEST),-k "$(TEST)")

guide-pictures: libraries browser-tools .build/tools/tests/installed ## take the pictures of docs/guide again
	@dpkg -s pngquant chromium-l10n >/dev/null 2>&1 \
	    || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq pngquant chromium-l10n; }
	$(BUILD) --product payout
	PAYOUT_GUIDE_PICTURES=$(CURDIR)/docs/guide/img $(BROWSER_TEST) -k "whole_job or approves_and or ends_the_month"

# Uses Schemathesis with a fixed seed; PAYOUT_TEST_SEED=7 chooses another seed.
API_CHECK = PYTHONDONTWRITEBYTECODE=1 $(TEST_PYTHON) Tests/APIDescription/check.py
api-check: libraries .build/tools/tests/installed ## compare the sandbox with docs/openapi.yaml
	$(BUILD) --build-tests
	$(API_CHECK)

model: model-tools ## exhaust the model of a payout's life; STORIES=1 writes its stories again, DEEP=1 makes a longer search
	python3 Model/check.py $(if $(STORIES),--stories) $(if $(DEEP),--deep)

SEEDS ?= 2000
FROM ?= 1
simulate: libraries ## simulate SEEDS=2000 whole runs with faults and crashes, starting at seed FROM=1
	$(BUILD) --build-tests
	PAYOUT_SIMULATE_SEEDS=$(SEEDS) PAYOUT_SIMULATE_FROM=$(FROM) swift test --skip-build --filter noStoryBreaksThePromise

company: libraries ## compare the payrolls of a simulated company: 2000 people, 24 months, seeded fraud and slips
	$(BUILD) --build-tests
	PAYOUT_COMPANY_PEOPLE=2000 PAYOUT_COMPANY_MONTHS=24 swift test --skip-build --filter CompanyTests

MUTANTS = python3 Tests/Mutants/mutants.py $(if $(ONLY),--only "$(ONLY)")
mutants: libraries ## break each rule of the money and check that a test notices; ONLY=text for some
	$(MUTANTS)

STORIES ?= 1000
planted: libraries ## plant bugs of the protocol and check that the simulator finds them within STORIES=1000; ONLY=text for some
	$(MUTANTS) --planted --stories $(STORIES)

INBOX_ROUNDS ?= 10000
simulate-inbox: libraries ## simulate INBOX_ROUNDS=10000 rounds of the inbox that end between any two steps
	$(BUILD) --build-tests
	PAYOUT_SIMULATE_ROUNDS=$(INBOX_ROUNDS) PAYOUT_SIMULATE_FROM=$(FROM) swift test --skip-build --filter everyFileOfAnInbox

ROUNDS ?= 1000000
fuzz: libraries ## send ROUNDS=1000000 mutated answers to the bank client
	$(BUILD) --build-tests
	PAYOUT_FUZZ_ROUNDS=$(ROUNDS) swift test --skip-build --filter noDamagedAnswerBreaksARule

fuzz-files: libraries ## give ROUNDS damaged payout files, CSV and workbooks, to the reader
	$(BUILD) --build-tests
	PAYOUT_FUZZ_ROUNDS=$(ROUNDS) swift test --skip-build --filter 'noDamaged(File|Workbook)BreaksARule'

PEER ?= ../shared/peer
bench: peer build bench-tools .build/tools/bench/installed ## compare speed side by side: ONLY=name for one, QUICK=1 for a trial, LONG=1 for all, PEER=folder
	python3 Benchmarks/bench.py --peer $(PEER) $(if $(ONLY),--only $(ONLY)) $(if $(QUICK),--quick) $(if $(LONG),--long)

YEAR ?= 1000000
statement-year: libraries ## compare a simulated year of YEAR=1000000 debits with its statements; every seeded fault must be found
	$(BUILD) --build-tests
	PAYOUT_YEAR_PAYOUTS=$(YEAR) swift test --skip-build --filter aYearAgreesToTheTiyin

fuzz-statements: libraries ## give ROUNDS damaged bank statements to the reader
	$(BUILD) --build-tests
	PAYOUT_FUZZ_ROUNDS=$(ROUNDS) swift test --skip-build --filter noDamagedStatementBreaksARule

lint: ## check the layout of the code, and that the tables of mutants fit it
	swift format lint --strict --recursive --parallel $(SOURCES)
	python3 Tests/Mutants/mutants.py --check

format: ## fix the layout of the code
	swift format --in-place --recursive --parallel $(SOURCES)

# Links Swift's own libraries statically: the program needs no Swift where it runs, and a payout needs a twentieth less CPU time.
# Uses lld: the toolchain's default linker, gold, warns about Foundation's `mktemp`, which payout does not call.
# Names the commit, for `payout --version`. A build without git leaves it out.
COMMIT := $(shell git show -s --abbrev=9 --format='%h, %cs' 2>/dev/null)
RELEASE := PAYOUT_COMMIT="$(COMMIT)" $(BUILD) --configuration release --static-swift-stdlib -Xswiftc -use-ld=lld
build: libraries ## build the program: .build/release/payout
	$(RELEASE) --product payout

# Uses the argument parser's tool. Its plugin would build the program again, with other linker settings.
man: build ## write the manual pages to output/man
	$(RELEASE) --product generate-manual
	mkdir -p output/man
	.build/release/generate-manual .build/release/payout --multi-page --output-directory output/man

# Uses the toolchain's docc: a plugin would be one more package dependency for every build.
docs: libraries ## write the documentation of the bank's API as a Swift library to output/docs
	swift package dump-symbol-graph --skip-synthesized-members
	rm -rf output/symbols output/docs && mkdir -p output/symbols
	cp .build/*/symbolgraph/MerchantAPI.symbols.json .build/*/symbolgraph/PaymentValues.symbols.json output/symbols
	docc convert Sources/MerchantAPI/MerchantAPI.docc --additional-symbol-graph-dir output/symbols \
	    --fallback-display-name MerchantAPI --fallback-bundle-identifier payout.MerchantAPI \
	    --warnings-as-errors --output-path output/docs
	@echo 'to read it: python3 -m http.server -d output/docs 8080, then open /documentation/merchantapi'

PREFIX ?= /usr/local
PROGRAM ?= .build/release/payout
install: man install-files ## install the program, its manual pages and shell completions under PREFIX=/usr/local

install-files:
	install -D -m 755 $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/payout
	install -d $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 644 output/man/*.1 $(DESTDIR)$(PREFIX)/share/man/man1
	for shell in bash:bash-completion/completions/payout zsh:zsh/site-functions/_payout \
	        fish:fish/vendor_completions.d/payout.fish; do \
	    file=$(DESTDIR)$(PREFIX)/share/$${shell#*:}; mkdir -p $$(dirname $$file); \
	    $(PROGRAM) --generate-completion-script $${shell%%:*} | sed '1{/^#!/d}' > $$file; \
	done

deb: man deb-tools ## write the Debian packages to output/deb: the program, and its symbols
	packaging/deb.sh $(PROGRAM)

deb-test: deb-tools ## install, upgrade, remove and purge the package of output/deb in a fresh Debian 12, and set up a trial there
	packaging/deb-test.sh

release: deb ## write a release to output/release: tarball, packages, bill of materials (SPDX), checksums
	packaging/release.sh $(PROGRAM)

# Checks for each library before installing. So a machine that has them needs neither network nor root.
libraries:
	@for package in $(LIBRARIES); do \
	    dpkg -s $$package >/dev/null 2>&1 || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
	    $(SUDO) apt-get update -qq && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$missing; \
	fi

# The tests open reports with another program (openpyxl) than the one that wrote them.
test-tools:
	@command -v python3 >/dev/null || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq python3; }
	@python3 -c 'import openpyxl' 2>/dev/null || python3 -m pip install --quiet openpyxl 2>/dev/null \
	    || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq python3-openpyxl; }
	@command -v curl >/dev/null || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq curl; }
	@command -v openssl >/dev/null || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq openssl; }
	@command -v faketime >/dev/null || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq faketime; }
	@# Unpacks promtool without installing it: installing would start a monitoring server.
	@command -v promtool >/dev/null || test -x .build/tools/usr/bin/promtool || { mkdir -p .build/tools && cd .build/tools \
	    && $(SUDO) apt-get update -qq && apt-get download -qq prometheus && dpkg -x prometheus_*.deb . && rm prometheus_*.deb; }
	@command -v systemd-analyze >/dev/null || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq systemd; }

deb-tools:
	@for tool in dh:debhelper lintian:lintian debootstrap:debootstrap systemd-analyze:systemd curl:curl; do \
	    PATH=$$PATH:/usr/sbin command -v $${tool%%:*} >/dev/null || missing="$$missing $${tool#*:}"; \
	done; \
	if [ -n "$$missing" ]; then \
	    $(SUDO) apt-get update -qq && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$missing; \
	fi

# The model checker writes a C program for each search.
model-tools:
	@for tool in python3 spin gcc; do \
	    command -v $$tool >/dev/null || missing="$$missing $$tool"; \
	done; \
	if [ -n "$$missing" ]; then \
	    $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq $$missing libc6-dev; \
	fi

peer:
	@test -f $(PEER)/peer.py || { echo "$(PEER)/peer.py does not exist. Name the folder of the program that payout is compared" \
	    "with (peer.py, make_csv.py): make bench PEER=folder" >&2; exit 1; }

# The load generator for comparison, and a compiler for the fsync counter.
bench-tools:
	@command -v wrk >/dev/null || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq wrk; }
	@command -v cc >/dev/null || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq gcc libc6-dev; }
# The fonts have Cyrillic letters; without them pages would show boxes.
browser-tools:
	@for package in chromium fonts-dejavu-core; do \
	    dpkg -s $$package >/dev/null 2>&1 || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
	    $(SUDO) apt-get update -qq \
	    && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; \
	fi

# Python packages of the tests and benchmarks go into .build, which is not in git.
.build/tools/tests/installed: Tests/requirements.txt
.build/tools/bench/installed: Benchmarks/requirements.txt
.build/tools/%/installed:
	@python3 -c 'import ensurepip' 2>/dev/null || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq python3-venv; }
	@rm -rf .build/tools/$* && python3 -m venv .build/tools/$*
	@.build/tools/$*/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

clean: ## remove the build products
	rm -rf .build
