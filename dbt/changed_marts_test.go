package dbt_test

import (
	"strings"
	"testing"

	"doorstroom/dbt/dbttest"
)

// TestChangedMartsLeaveEditions changes a mart after an edition was built, and builds another: the first keeps every value,
// has NULL where it has nothing, and what cannot be done so is refused before anything is touched.
func TestChangedMartsLeaveEditions(t *testing.T) {
	const first, second = "2026-05-31", "2026-06-30"
	w := dbttest.Start(t)
	w.Deliver(t)
	w.Fill(t, first, "60")
	w.Fill(t, second, "80")
	chosen := []string{"--exclude-resource-type", "unit_test", "--exclude-resource-type", "test", "--select", "staging", "intermediate", "person_linkage"}
	w.MustBuild(t, first, chosen...)
	rows := func(edition, columns string) uint64 {
		t.Helper()
		return w.Number(t, "SELECT sum(sipHash64(toJSONString(tuple("+columns+")))) FROM marts.person_linkage WHERE edition = '"+edition+"'")
	}
	const columns = "edition, population, cohort, linkage, persons, group_persons, persons_share"
	released := rows(first, columns)
	stays := func(after string) {
		t.Helper()
		if got := rows(first, columns); got != released || released == 0 {
			t.Errorf("after %s the first edition has other rows", after)
		}
	}
	count := func(condition string) uint64 {
		t.Helper()
		return w.Number(t, "SELECT count() FROM marts.person_linkage WHERE "+condition)
	}

	w.Change(t, "models/marts/person_linkage.sql", "    persons,\n", "    persons,\n    persons + 1 as persons_and_one,\n    toLowCardinality(linkage) as linkage_again,\n")
	w.Change(t, "models/marts/person_linkage.yml", "      - name: group_persons\n", "      - name: persons_and_one\n        data_type: UInt64\n        description: Of a test.\n"+
		"      - name: linkage_again\n        data_type: LowCardinality(String)\n        description: Of a test.\n      - name: group_persons\n")
	w.MustBuild(t, second, chosen...)
	stays("a column was added")
	if count("edition = '"+first+"' AND (persons_and_one IS NOT NULL OR linkage_again IS NOT NULL)") != 0 {
		t.Error("the first edition has values in a column that it never had")
	}
	if count("edition = '"+second+"'") == 0 || count("edition = '"+second+"' AND (persons_and_one != persons + 1 OR persons_and_one IS NULL OR linkage_again != linkage)") != 0 {
		t.Error("the second edition lacks values of the new columns")
	}

	w.Change(t, "models/marts/person_linkage.sql", "    sum(persons) over (partition by population, cohort) as group_persons,\n    {{ share('persons', 'group_persons') }} as persons_share\n",
		"    {{ share('persons', 'sum(persons) over (partition by population, cohort)') }} as persons_share\n")
	w.Change(t, "models/marts/person_linkage.yml", "      - name: group_persons\n        data_type: UInt64\n        description: All people of the population and cohort.\n", "")
	w.MustBuild(t, second, chosen...)
	stays("a column went")
	if count("edition = '"+second+"' AND group_persons IS NOT NULL") != 0 || count("edition = '"+first+"' AND group_persons IS NULL") != 0 {
		t.Error("a column that went is not NULL in the new edition, or is NULL in the old one")
	}

	for name, c := range map[string]struct{ sql, sqlNow, yml, ymlNow, says string }{
		"another type": {"    persons,\n", "    toUInt32(persons) as persons,\n", "      - name: persons\n        data_type: UInt64", "      - name: persons\n        data_type: UInt32",
			"column persons of mart person_linkage is UInt64 and would become UInt32"},
		"a new list": {"    persons,\n", "    persons,\n    [linkage] as list,\n", "      - name: persons\n", "      - name: list\n        data_type: Array(LowCardinality(String))\n        description: Of a test.\n      - name: persons\n",
			"column list of mart person_linkage would have no value in editions that stand"},
	} {
		w.Change(t, "models/marts/person_linkage.sql", c.sql, c.sqlNow)
		w.Change(t, "models/marts/person_linkage.yml", c.yml, c.ymlNow)
		before, structure := rows(second, "*"), w.Number(t, "SELECT sum(sipHash64(name, type)) FROM system.columns WHERE database = 'marts' AND table = 'person_linkage'")
		out, err := w.DBT(t, append([]string{"build", "--vars", `{"edition": "` + second + `"}`}, chosen...)...)
		if err == nil || !strings.Contains(strings.Join(strings.Fields(out), " "), c.says) {
			t.Errorf("%s: %v, want %q\n%s", name, err, c.says, out)
		}
		stays(name + " was refused")
		if rows(second, "*") != before || w.Number(t, "SELECT sum(sipHash64(name, type)) FROM system.columns WHERE database = 'marts' AND table = 'person_linkage'") != structure {
			t.Errorf("%s was refused and changed the mart", name)
		}
		w.Change(t, "models/marts/person_linkage.sql", c.sqlNow, c.sql)
		w.Change(t, "models/marts/person_linkage.yml", c.ymlNow, c.yml)
	}
}
