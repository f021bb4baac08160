package dbt_test

import (
	"strings"
	"testing"

	"doorstroom/dbt/dbttest"
)

const (
	firstEdition, secondEdition = "2026-05-31", "2026-06-30"
	changedSQL, changedYML      = "models/marts/person_linkage.sql", "models/marts/person_linkage.yml"
)

// onlyChanged chooses the mart that the test changes, and what it is made of.
var onlyChanged = []string{"--exclude-resource-type", "unit_test", "--exclude-resource-type", "test", "--select", "+person_linkage"}

// TestChangedMartsLeaveEditions changes a mart after an edition was built, and builds another: the first keeps every value,
// has NULL where it has nothing, and what cannot be done so is refused before anything is touched.
func TestChangedMartsLeaveEditions(t *testing.T) {
	w := dbttest.Start(t)
	w.Deliver(t)
	w.Fill(t, firstEdition, "60")
	w.Fill(t, secondEdition, "80")
	w.MustBuild(t, firstEdition, onlyChanged...)
	const columns = "edition, population, cohort, linkage, persons, group_persons, persons_share"
	released := linkageRows(t, w, firstEdition, columns)
	stays := func(after string) {
		t.Helper()
		if got := linkageRows(t, w, firstEdition, columns); got != released || released == 0 {
			t.Errorf("after %s the first edition has other rows", after)
		}
	}
	none := func(what, condition string) {
		t.Helper()
		if n := w.Number(t, "SELECT count() FROM marts.person_linkage WHERE "+condition); n != 0 {
			t.Errorf("%s, in %d rows", what, n)
		}
	}

	w.Change(t, changedSQL, "    persons,\n", "    persons,\n    persons + 1 as persons_and_one,\n    toLowCardinality(linkage) as linkage_again,\n")
	w.Change(t, changedYML, "      - name: group_persons\n", "      - name: persons_and_one\n        data_type: UInt64\n        description: Of a test.\n"+
		"      - name: linkage_again\n        data_type: LowCardinality(String)\n        description: Of a test.\n      - name: group_persons\n")
	w.MustBuild(t, secondEdition, onlyChanged...)
	stays("a column was added")
	none("the first edition has values in a column that it never had", "edition = '"+firstEdition+"' AND (isNotNull(persons_and_one) OR isNotNull(linkage_again))")
	none("the second edition lacks values of the new columns", "edition = '"+secondEdition+"' AND ifNull(persons_and_one != persons + 1 OR linkage_again != linkage, true)")
	if linkageRows(t, w, secondEdition, columns) == 0 {
		t.Error("the second edition is empty")
	}

	w.Change(t, changedSQL, "    sum(persons) over (partition by population, cohort) as group_persons,\n    {{ share('persons', 'group_persons') }} as persons_share\n",
		"    {{ share('persons', 'sum(persons) over (partition by population, cohort)') }} as persons_share\n")
	w.Change(t, changedYML, "      - name: group_persons\n        data_type: UInt64\n        description: All people of the population and cohort.\n", "")
	w.MustBuild(t, secondEdition, onlyChanged...)
	stays("a column went")
	none("a column that went has values in the new edition", "edition = '"+secondEdition+"' AND isNotNull(group_persons)")

	refusedChange(t, w, "is UInt64 and would become UInt32", "    persons,\n", "    toUInt32(persons) as persons,\n",
		"      - name: persons\n        data_type: UInt64", "      - name: persons\n        data_type: UInt32")
	refusedChange(t, w, "would have no value in editions that stand", "    persons,\n", "    persons,\n    [linkage] as list,\n",
		"      - name: persons\n", "      - name: list\n        data_type: Array(LowCardinality(String))\n        description: Of a test.\n      - name: persons\n")
	stays("changes were refused")
}

// linkageRows is a hash of some columns of an edition's rows.
func linkageRows(t *testing.T, w *dbttest.Warehouse, edition, columns string) uint64 {
	t.Helper()
	return w.Number(t, "SELECT sum(sipHash64(toJSONString(tuple("+columns+")))) FROM marts.person_linkage WHERE edition = '"+edition+"'")
}

// refusedChange makes a change, wants the build to say why not and to leave the mart alone, and takes the change back.
func refusedChange(t *testing.T, w *dbttest.Warehouse, says, sql, sqlNow, yml, ymlNow string) {
	t.Helper()
	w.Change(t, changedSQL, sql, sqlNow)
	w.Change(t, changedYML, yml, ymlNow)
	const structure = "SELECT sum(sipHash64(name, type)) FROM system.columns WHERE database = 'marts' AND table = 'person_linkage'"
	rows, columns := linkageRows(t, w, secondEdition, "*"), w.Number(t, structure)
	out, err := w.DBT(t, append([]string{"build", "--vars", `{"edition": "` + secondEdition + `"}`}, onlyChanged...)...)
	if err == nil || !strings.Contains(strings.Join(strings.Fields(out), " "), says) {
		t.Errorf("the build ended with %v, want %q\n%s", err, says, out)
	}
	if linkageRows(t, w, secondEdition, "*") != rows || w.Number(t, structure) != columns {
		t.Errorf("the mart changed although it %s", says)
	}
	w.Change(t, changedSQL, sqlNow, sql)
	w.Change(t, changedYML, ymlNow, yml)
}
