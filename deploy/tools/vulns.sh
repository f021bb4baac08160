#!/usr/bin/env bash
# Holds the program against Go's database of vulnerabilities: vulns.sh VERSION-OF-THE-DATABASE
set -euo pipefail
cd "$(dirname "$0")/../.."
version=$1
module=golang.org/x/vulndb

if ! found=$(go list -m "$module@$version"); then
  echo "vulns: the module proxy gives no $module@$version; give it another version, or try again when the proxy can be reached" >&2
  exit 3
fi
version=${found#"$module "}
source=$(go mod download -json "$module@$version" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p')
database=$PWD/.tools/vulndb-$version
if [[ ! -d $database ]]; then
  mkdir -p .tools
  half=$(mktemp -d .tools/vulndb.XXXXXX)
  trap 'rm -rf "$half"' EXIT
  go run "$module/cmd/indexdb@$version" -vulns "$source/data/osv" -out "$half/db"
  mv "$half/db" "$database"
fi
echo "vulns: database of ${version#v0.0.0-}" >&2
go run golang.org/x/vuln/cmd/govulncheck@v1.9.0 -db "file://$database" ./...
