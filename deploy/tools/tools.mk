# The tools that doorstroom runs, installed under .tools in the project folder. The project's Makefile includes this.
# A stamp is named after what it installs and where, so a second call does nothing and needs no network.

PYTHON ?= python3.11
TOOLS_DIR := deploy/tools
# A virtual environment does not survive a move of its folder, so the folder is part of the stamp's name.
TOOLS_KEY = $(word 1,$(shell (pwd; cat $(1)) | cksum))
LIBCHDB_STAMP := .tools/libchdb-$(call TOOLS_KEY,$(TOOLS_DIR)/package-lock.json).stamp
DBT_STAMP := .tools/dbt-$(call TOOLS_KEY,$(TOOLS_DIR)/requirements.txt).stamp
KAFKA_STAMP := .tools/kafka-$(call TOOLS_KEY,$(TOOLS_DIR)/kafka.sha256).stamp
LINT_STAMP := .tools/lint-$(call TOOLS_KEY,$(TOOLS_DIR)/lint.txt).stamp
SURVIVAL_STAMP := .tools/survival-$(call TOOLS_KEY,$(TOOLS_DIR)/survival.txt).stamp
WRITERS_STAMP := .tools/writers-$(call TOOLS_KEY,$(TOOLS_DIR)/writers.txt).stamp
SPARK_STAMP := .tools/spark-$(call TOOLS_KEY,$(TOOLS_DIR)/spark.sha256).stamp
# A real S3 server for the tests of sources; Go's checksum database answers for what the version holds.
VERSITYGW := github.com/versity/versitygw/cmd/versitygw@v1.8.0
VERSITYGW_STAMP := .tools/versitygw-$(lastword $(subst @, ,$(VERSITYGW))).stamp
SFTP_SERVER := .tools/openssh/sftp-server
CHROMIUM := .tools/chromium/chromium-headless-shell
# What lifelines needs to draw and to fit other curves than those of Kaplan and Meier.
NOT_FOR_CURVES := autograd-gamma matplotlib contourpy cycler fonttools kiwisolver pillow pyparsing
# The plugin is named with its version, so that Maven asks nobody which one is the newest.
COPY_JARS := org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies

.PHONY: tools run-tools tools-lock
tools: run-tools $(KAFKA_STAMP) $(VERSITYGW_STAMP) $(SFTP_SERVER) $(CHROMIUM) $(WRITERS_STAMP) $(SPARK_STAMP) $(LINT_STAMP) $(SURVIVAL_STAMP) ## Install under .tools what doorstroom needs and what its tests run against: Apache Kafka, an S3 and an SFTP server, a browser, writers of Parquet files

run-tools: $(LIBCHDB_STAMP) $(DBT_STAMP) ## Install ClickHouse's engine and dbt under .tools

$(LIBCHDB_STAMP):
	@command -v npm >/dev/null || { echo "make tools: npm is missing; install Node.js 18 or newer with npm" >&2; exit 3; }
	rm -rf .tools/node_modules .tools/libchdb-*.stamp
	mkdir -p .tools
	cp $(TOOLS_DIR)/package.json $(TOOLS_DIR)/package-lock.json .tools/
	npm ci --prefix .tools --ignore-scripts --no-audit --no-fund --omit-lockfile-registry-resolved=true
	test -f .tools/node_modules/@chdb/lib-*/libchdb.so
	touch $@

# venv makes a virtual environment: folder below .tools, lock file, what is pinned (with is or are), target of make that asks for it, more options of pip.
define venv
	@command -v $(PYTHON) >/dev/null || { echo "make $(4): $(PYTHON) is missing; install it, or name another Python 3.11 with PYTHON=..." >&2; exit 3; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { echo "make $(4): $(3) pinned for Python 3.11, $(PYTHON) is another; name one with PYTHON=..." >&2; exit 3; }
	rm -rf .tools/$(1) .tools/$(1)-*.stamp
	mkdir -p .tools
	$(PYTHON) -m venv .tools/$(1)
	PIP_ROOT_USER_ACTION=ignore .tools/$(1)/bin/python -m pip install --quiet --disable-pip-version-check $(5) --require-hashes -r $(TOOLS_DIR)/$(2)
	touch $@
endef

$(DBT_STAMP):
	$(call venv,dbt,requirements.txt,dbt is,tools)

$(KAFKA_STAMP):
	@command -v java >/dev/null && command -v mvn >/dev/null || { echo "make tools: java or mvn is missing; install Java 17 or newer and Maven, with which the tests run Apache Kafka" >&2; exit 3; }
	rm -rf .tools/kafka .tools/kafka-*.stamp
	mkdir -p .tools/kafka
	mvn -q -B -C -f $(TOOLS_DIR)/pom.xml -Dkafka.jars="$(CURDIR)/.tools/kafka" $(COPY_JARS)
	cd .tools/kafka && sha256sum --quiet --strict -c "$(CURDIR)/$(TOOLS_DIR)/kafka.sha256"
	test "$$(ls .tools/kafka | wc -l)" = "$$(wc -l < $(TOOLS_DIR)/kafka.sha256)"
	touch $@

$(WRITERS_STAMP):
	$(call venv,writers,writers.txt,the writers are,tools,--only-binary :all:)

$(LINT_STAMP):
	$(call venv,lint,lint.txt,sqlfluff is,lint,--only-binary :all:)

$(SURVIVAL_STAMP):
	$(call venv,survival,survival.txt,lifelines is,tools,--no-deps --only-binary :all:)

$(SPARK_STAMP):
	@command -v java >/dev/null && command -v mvn >/dev/null || { echo "make tools: java or mvn is missing; install Java 17 or newer and Maven, with which the tests run Apache Spark" >&2; exit 3; }
	rm -rf .tools/spark .tools/spark-*.stamp
	mkdir -p .tools/spark
	mvn -q -B -C -f $(TOOLS_DIR)/writers.pom.xml -Dspark.jars="$(CURDIR)/.tools/spark" $(COPY_JARS)
	cd .tools/spark && sha256sum --quiet --strict -c "$(CURDIR)/$(TOOLS_DIR)/spark.sha256"
	test "$$(ls .tools/spark | wc -l)" = "$$(wc -l < $(TOOLS_DIR)/spark.sha256)"
	touch $@

$(VERSITYGW_STAMP):
	rm -rf .tools/versitygw .tools/versitygw-*.stamp
	GOBIN="$(CURDIR)/.tools/versitygw" go install -trimpath -ldflags="-s -w" $(VERSITYGW)
	touch $@

$(SFTP_SERVER):
	$(TOOLS_DIR)/sftp-server.sh "$(CURDIR)/$@"

$(CHROMIUM):
	$(TOOLS_DIR)/chromium.sh "$(CURDIR)/.tools/chromium"

tools-lock: ## Pin the tools anew, after a change of package.json, requirements.in, writers.in, lint.in, survival.in, pom.xml or writers.pom.xml
	cd $(TOOLS_DIR) && npm install --package-lock-only --ignore-scripts --no-audit --no-fund --omit-lockfile-registry-resolved=true
	cd $(TOOLS_DIR) && CUSTOM_COMPILE_COMMAND="make tools-lock" $(PYTHON) -m piptools compile --quiet --upgrade --generate-hashes \
		--no-strip-extras --allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --output-file=requirements.txt requirements.in
	cd $(TOOLS_DIR) && CUSTOM_COMPILE_COMMAND="make tools-lock" $(PYTHON) -m piptools compile --quiet --upgrade --generate-hashes \
		--no-strip-extras --allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --output-file=writers.txt writers.in
	cd $(TOOLS_DIR) && CUSTOM_COMPILE_COMMAND="make tools-lock" $(PYTHON) -m piptools compile --quiet --upgrade --generate-hashes \
		--no-strip-extras --allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --output-file=lint.txt lint.in
	cd $(TOOLS_DIR) && CUSTOM_COMPILE_COMMAND="make tools-lock" $(PYTHON) -m piptools compile --quiet --upgrade --generate-hashes \
		--no-strip-extras --no-allow-unsafe $(addprefix --unsafe-package ,$(NOT_FOR_CURVES)) \
		--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --output-file=survival.txt survival.in
	rm -rf .tools/kafka .tools/kafka-*.stamp .tools/spark .tools/spark-*.stamp
	mvn -q -B -C -f $(TOOLS_DIR)/pom.xml -Dkafka.jars="$(CURDIR)/.tools/kafka" $(COPY_JARS)
	cd .tools/kafka && sha256sum *.jar > "$(CURDIR)/$(TOOLS_DIR)/kafka.sha256"
	mvn -q -B -C -f $(TOOLS_DIR)/writers.pom.xml -Dspark.jars="$(CURDIR)/.tools/spark" $(COPY_JARS)
	cd .tools/spark && sha256sum *.jar > "$(CURDIR)/$(TOOLS_DIR)/spark.sha256"
