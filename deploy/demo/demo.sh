#!/usr/bin/env bash
# The main job on synthetic suppliers: DUO and IDW are read from their API,
# COA, UWV and the municipalities from a landing folder, as in production.
set -euo pipefail
cd "$(dirname "$0")/../.."
persons=$1
as_of=$2
# What the demo starts ends with it, also when it is killed: setpriv has the system see to that.
doorstroom() { setpriv --pdeathsig TERM bin/doorstroom "$@"; }

rm -rf demo
mkdir -p demo/landing
doorstroom synth --out demo/suppliers --persons "$persons" --seed 1 --as-of "$as_of"
for supplier in coa municipality uwv; do
  mv "demo/suppliers/$supplier" demo/landing/
done

# The API prints the settings under which it is reached.
coproc API { exec setpriv --pdeathsig TERM bin/doorstroom synth serve --dir demo/suppliers; }
trap 'kill "$API_PID" 2>/dev/null || true' EXIT
while read -r line <&"${API[0]}" && [ -n "$line" ]; do
  export "${line?}"
done

# Some records are bad on purpose and are put aside; no delivery is refused, which would end the demo with exit code 4.
doorstroom run --data demo/data --landing demo/landing --as-of "$as_of"
report=$(doorstroom report --data demo/data --edition "$as_of" --out demo/report)
# The tables of the catalogue, protected and audited: what others may see, as files too.
doorstroom publish --data demo/data --edition "$as_of" --out demo/publication
cat <<END

The report, for internal use: $report
What may be seen by everybody: demo/publication
Next:
  bin/doorstroom deliveries --data demo/data      what came in, and whether it was accepted
  bin/doorstroom quarantine --data demo/data      records put aside: where, which field, which rule
  bin/doorstroom editions --data demo/data        what stands, with a content hash per table
  bin/doorstroom releases --data demo/data        what was released, by which rules, and with what outcome
  bin/doorstroom sql --data demo/data "SELECT k, working, initial FROM marts.cohort_by_k WHERE edition = '$as_of' AND cohort = 2014 AND dimension = 'total' ORDER BY k"
END
