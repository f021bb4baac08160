# The tools that doorstroom runs, installed under .tools in the project folder. The project's Makefile includes this.
# A stamp is named after what it installs and where, so a second call does nothing and needs no network.

PYTHON ?= python3.11
TOOLS_DIR := deploy/tools
# A virtual environment does not survive a move of its folder, so the folder is part of the stamp's name.
TOOLS_KEY = $(word 1,$(shell (pwd; cat $(1)) | cksum))
LIBCHDB_STAMP := .tools/libchdb-$(call TOOLS_KEY,$(TOOLS_DIR)/package-lock.json).stamp
DBT_STAMP := .tools/dbt-$(call TOOLS_KEY,$(TOOLS_DIR)/requirements.txt).stamp

.PHONY: tools tools-lock
tools: $(LIBCHDB_STAMP) $(DBT_STAMP) ## Install ClickHouse's engine and dbt under .tools

$(LIBCHDB_STAMP):
	@command -v npm >/dev/null || { echo "make tools: npm is missing; install Node.js 18 or newer with npm" >&2; exit 3; }
	rm -rf .tools/node_modules .tools/libchdb-*.stamp
	mkdir -p .tools
	cp $(TOOLS_DIR)/package.json $(TOOLS_DIR)/package-lock.json .tools/
	npm ci --prefix .tools --ignore-scripts --no-audit --no-fund --omit-lockfile-registry-resolved=true
	test -f .tools/node_modules/@chdb/lib-*/libchdb.so
	touch $@

$(DBT_STAMP):
	@command -v $(PYTHON) >/dev/null || { echo "make tools: $(PYTHON) is missing; install it, or name another Python 3.11 with PYTHON=..." >&2; exit 3; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { echo "make tools: dbt is pinned for Python 3.11, $(PYTHON) is another; name one with PYTHON=..." >&2; exit 3; }
	rm -rf .tools/dbt .tools/dbt-*.stamp
	mkdir -p .tools
	$(PYTHON) -m venv .tools/dbt
	PIP_ROOT_USER_ACTION=ignore .tools/dbt/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(TOOLS_DIR)/requirements.txt
	touch $@

tools-lock: ## Pin the tools anew, after a change of package.json or requirements.in
	cd $(TOOLS_DIR) && npm install --package-lock-only --ignore-scripts --no-audit --no-fund --omit-lockfile-registry-resolved=true
	cd $(TOOLS_DIR) && CUSTOM_COMPILE_COMMAND="make tools-lock" $(PYTHON) -m piptools compile --quiet --upgrade --generate-hashes \
		--no-strip-extras --allow-unsafe --no-emit-index-url --no-emit-trusted-host --output-file=requirements.txt requirements.in
