# payout: what a newcomer can do here. `make help` lists it.

SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
LIBRARIES := libsqlite3-dev libxlsxwriter-dev zlib1g-dev pkg-config
SOURCES := Package.swift Sources Tests

.PHONY: help demo test browser-test guide-pictures simulate fuzz fuzz-files lint format build man install libraries test-tools browser-tools clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

demo: build ## pay samples/payroll.csv through the built-in bank and write output/payroll.xlsx
	@rm -f output/demo.sqlite output/demo.sqlite-* output/demo.sqlite.*
	@status=0; PAYOUT_KEY_FILE=output/demo.key .build/release/payout run samples/payroll.csv \
	    --sandbox --yes --ledger output/demo.sqlite || status=$$?; \
	echo; echo "payout ended with status $$status (10: some rows refused, 11: some for a person, as the sample means to show)"; \
	case $$status in 0|10|11) ;; *) exit $$status ;; esac; \
	test -s output/payroll.xlsx && echo "look at output/payroll.xlsx"

test: libraries test-tools browser-tools ## run the whole test suite
	swift build --build-tests
	swift test --skip-build --skip SimulationTests
	@# By itself: it keeps every core busy, and other tests wait for moments of running programs.
	swift test --skip-build --filter SimulationTests
	$(BROWSER_TEST)

# Beside what is built, and out of git.
BROWSER_PYTHON := .build/tools/browser/bin/python
BROWSER_TEST = PYTHONDONTWRITEBYTECODE=1 $(BROWSER_PYTHON) -m pytest Tests/BrowserTests

browser-test: libraries browser-tools ## drive the desk in a real browser; TEST=name for some of it
	swift build --product payout
	$(BROWSER_TEST) $(if $(TEST),-k "$(TEST)")

guide-pictures: libraries browser-tools ## take the pictures of docs/guide anew
	@dpkg -s pngquant chromium-l10n >/dev/null 2>&1 \
	    || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq pngquant chromium-l10n; }
	swift build --product payout
	PAYOUT_GUIDE_PICTURES=$(CURDIR)/docs/guide/img $(BROWSER_TEST) -k "whole_job or approves_and"

SEEDS ?= 2000
FROM ?= 1
simulate: libraries ## play SEEDS=2000 whole runs with faults and crashes, beginning with seed FROM=1
	swift build --build-tests
	PAYOUT_SIMULATE_SEEDS=$(SEEDS) PAYOUT_SIMULATE_FROM=$(FROM) swift test --skip-build --filter noStoryBreaksThePromise

ROUNDS ?= 1000000
fuzz: libraries ## throw ROUNDS=1000000 mutated answers at the bank client
	swift build --build-tests
	PAYOUT_FUZZ_ROUNDS=$(ROUNDS) swift test --skip-build --filter noAnswerIsTakenForMoreThanItSays

fuzz-files: libraries ## throw ROUNDS damaged payout files at the reader
	swift build --build-tests
	PAYOUT_FUZZ_ROUNDS=$(ROUNDS) swift test --skip-build --filter noFileIsTakenForMoreThanItSays

lint: ## check the layout of the code
	swift format lint --strict --recursive --parallel $(SOURCES)

format: ## lay the code out
	swift format --in-place --recursive --parallel $(SOURCES)

build: libraries ## build the program: .build/release/payout
	swift build --configuration release --product payout

man: build ## write the manual pages to output/man
	mkdir -p output/man
	swift package --allow-writing-to-directory output/man generate-manual --multi-page --output-directory output/man

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
	@command -v faketime >/dev/null || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq faketime; }
	@# Unpacked and not installed: nobody who tests payout wants a monitoring server started.
	@command -v promtool >/dev/null || test -x .build/tools/usr/bin/promtool || { mkdir -p .build/tools && cd .build/tools \
	    && $(SUDO) apt-get update -qq && apt-get download -qq prometheus && dpkg -x prometheus_*.deb . && rm prometheus_*.deb; }
	@command -v systemd-analyze >/dev/null || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq systemd; }

# The fonts have Cyrillic letters; without them every page would be boxes.
browser-tools:
	@for package in chromium fonts-dejavu-core python3-venv; do \
	    dpkg -s $$package >/dev/null 2>&1 || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
	    $(SUDO) apt-get update -qq \
	    && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; \
	fi
	@test .build/tools/browser/installed -nt Tests/BrowserTests/requirements.txt || { \
	    python3 -m venv .build/tools/browser \
	    && $(BROWSER_PYTHON) -m pip install --quiet --disable-pip-version-check -r Tests/BrowserTests/requirements.txt \
	    && touch .build/tools/browser/installed; }

clean: ## remove what was built
	rm -rf .build
