# Nested modules have go.mod files of their own, so ./... does not reach them.
MODULES := . $(patsubst %/go.mod,%,$(wildcard */go.mod */*/go.mod))
BENCH_DIR ?= . examples/shop
ROUNDS ?= 5
BENCH_TOOLS ?= empty,ssa,leakvet
BENCH ?= .

.PHONY: build test browser ci-tools lint generate bench bench-hostile bench-engines golden golden-update precision rivals recall corpora drift drift-update demo

build: ## compile the command into bin/
	go build -o bin/leakvet ./cmd/leakvet

test: browser ci-tools ## run the tests of every module
	set -e; for m in $(MODULES); do echo "== $$m"; go -C $$m test -timeout 60m ./...; done

browser: ## install Chromium, which a test reads the HTML report with, if there is none
	command -v chromium chromium-browser google-chrome >/dev/null || { apt-get update -q && apt-get install -y -q --no-install-recommends chromium; }

ci-tools: ## install what checks the recipes for CI, where it is missing; npm fetches the rest
	{ command -v pre-commit && command -v shellcheck && command -v rsync; } >/dev/null || { apt-get update -q && apt-get install -y -q --no-install-recommends pre-commit shellcheck rsync; }

lint: ## formatting, go vet in every module, and leakvet on itself
	files=$$(git ls-files -- '*.go' ':!:*testdata/*' | xargs gofmt -l); test -z "$$files" || { echo "gofmt: $$files"; exit 1; }
	set -e; for m in $(MODULES); do echo "== vet $$m"; go -C $$m vet ./...; done
	go run ./cmd/leakvet ./...

generate: ## rewrite generated files
	set -e; for m in $(MODULES); do go -C $$m generate ./...; done

bench: ## measure leakvet beside an empty vet tool: make bench BENCH_DIR=/a/module
	go -C tools run ./bench -rounds $(ROUNDS) -tools $(BENCH_TOOLS) $(abspath $(BENCH_DIR))

bench-hostile: ## measure both on generated packages of sizes that nobody writes by hand
	go -C tools run ./bench -hostile 1 -tools empty,leakvet

# To compare two revisions:
#	git checkout OLD && make -s bench-engines > old.txt
#	git checkout NEW && make -s bench-engines > new.txt
#	go -C tools tool benchstat ../old.txt ../new.txt
bench-engines: ## measure each engine on packages of the standard library: make -s bench-engines BENCH=Explore > new.txt
	go test -run '^$$' -bench '$(BENCH)' -benchtime 0.3s -count 6 ./internal/...

golden: ## compare findings in std and required modules with those on record
	go -C tools run ./golden

golden-update: ## rewrite the record; new findings are unread
	go -C tools run ./golden -update

CHECKOUTS ?=
precision: ## compare findings in public projects with those on record: make precision CHECKOUTS=/where/they/are/or/go
	go -C tools run ./precision $(if $(CHECKOUTS),-checkouts $(abspath $(CHECKOUTS)))

rivals: ## the same for what other linters find
	go -C tools run ./precision -rivals $(if $(CHECKOUTS),-checkouts $(abspath $(CHECKOUTS)))

recall: ## the same for fixes of leaks, before and after; CHECKOUTS is changed
	go -C tools run ./recall $(if $(CHECKOUTS),-checkouts $(abspath $(CHECKOUTS)))

corpora: ## the same for the test data of other linters; CHECKOUTS is changed
	go -C tools run ./corpora $(if $(CHECKOUTS),-checkouts $(abspath $(CHECKOUTS)))

drift: ## hold the tables and fixtures to the newest versions of their libraries
	go -C tools run ./drift

drift-update: ## write docs/libraries.md, too
	go -C tools run ./drift -update

demo: build ## show what leakvet finds in the example; finding something is success
	bin/leakvet -C examples/shop ./... || test $$? -eq 1
