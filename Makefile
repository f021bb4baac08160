# doorstroom: `make` lists the targets, `make demo` shows the main job, `make test` passes all tests.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help build tools demo test test-long bench calibrate generate mutation lint vulns licences sbom clean

PERSONS ?= 20000
AS_OF   ?= 2026-06-30

# An older Go takes the toolchain of go.mod from the module proxy, so that what is built has its mended standard library.
export GOTOOLCHAIN ?= auto

include deploy/tools/tools.mk

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

build: run-tools ## the binary bin/doorstroom, with everything it needs installed under .tools
	go build -o bin/doorstroom ./cmd/doorstroom

demo: build ## the whole machine on 20,000 synthetic persons: deliveries to report
	deploy/demo/demo.sh "$(PERSONS)" "$(AS_OF)"

# Tests are linked without what debuggers want, and vetted once: together minutes of a fresh clone.
test: tools ## all tests
	go run ./schemas/gen -check -root .
	go vet ./...
	go test -vet=off -ldflags=-w -timeout 60m ./...

test-long: tools ## all tests, with the long property and fault runs
	go test -ldflags=-w -timeout 120m -tags long ./...

bench: build ## speed and memory at 10k, 100k and 300k persons, written to docs/benchmarks
	go run ./deploy/dev/bench

calibrate: PERSONS = 300000
calibrate: build ## published figures beside a synthetic population, written to docs/calibration.md
	go run ./deploy/dev/calibrate -persons $(PERSONS) -as-of $(AS_OF)

generate: ## generated code, tables and pages from schemas/avro and the specification cases
	go generate ./...

mutation: tools ## deliberate errors, each of which a test must catch; written to docs/mutation.md
	go run ./deploy/dev/mutation

lint: vulns $(LINT_STAMP) $(DBT_STAMP) ## golangci-lint, with the import rule and gosec; known vulnerabilities; the SQL of dbt and the rules of its models
	go run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.5.0 run
	cd dbt && ../.tools/lint/bin/sqlfluff lint models tests
	go test ./dbt -run '^TestRules$$'

# The database comes from the module proxy as Go's own module golang.org/x/vulndb, so that it is pinned by Go's checksums
# and no other host is asked. `make vulns VULNDB=latest` takes the newest.
VULNDB ?= v0.0.0-20261105234957-e22db6528018
vulns: ## known vulnerabilities that the program can reach
	deploy/tools/vulns.sh "$(VULNDB)"

licences: tools ## docs/licences.md, from the licence files of every dependency
	go run ./deploy/dev/licences

sbom: tools ## sbom.cdx.json: every package that doorstroom and its tests are made of, as CycloneDX
	go run ./deploy/dev/licences -sbom sbom.cdx.json

clean: ## everything that make made, the data folder excepted
	rm -rf bin demo .tools
