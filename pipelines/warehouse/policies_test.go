package warehouse

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"doorstroom/deploy/clickhousetest"
)

// TestRowPolicies: who is shown some rows only is told so by the table and what to do, whatever the policy leaves, also when
// the table is still empty, and when some tables are not to be read at all. Policies of others are no concern.
func TestRowPolicies(t *testing.T) {
	reads := []string{"GRANT SELECT ON ops.*", "GRANT SELECT ON facts_store.*"}
	policies := map[string]map[string]string{
		"none": {"ops.run": "0"}, "some": {"ops.delivery": "supplier = 'coa'"}, "every": {"ops.delivery": "1"}, "two": {"raw.coa_stay": "row_no = 1", "facts_store.job": "0"},
		"replaced": {"ops.edition": "edition > '2026-01-01'"}, "free": nil,
	}
	users := []clickhousetest.User{{Name: "reader", Password: "x", Grants: reads, Sees: map[string]string{"ops.delivery": "0"}}}
	for name, sees := range policies {
		users = append(users, clickhousetest.User{Name: name, Password: "x", Sees: sees})
	}
	server := clickhousetest.Start(t, users...)
	free := open(t, Config{Addr: server.NativeAddr(), User: "free", Password: "x"})
	must(t, free.AllRows(t.Context()))
	_, err := free.Migrate(t.Context())
	must(t, err)
	must(t, free.AllRows(t.Context()))
	for name, texts := range map[string][]string{"none": {"ops.run "}, "some": {"ops.delivery "}, "replaced": {"ops.edition "}, "two": {"facts_store.job, raw.coa_stay"}, "reader": {"ops.delivery", "SHOW ROW POLICIES"}} {
		err := open(t, Config{Addr: server.NativeAddr(), User: name, Password: "x"}).AllRows(t.Context())
		if !errors.Is(err, ErrRowsHidden) || Away(err) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, text := range append(texts, `"`+name+`"`, "DOORSTROOM_CLICKHOUSE_USER") {
			if !strings.Contains(err.Error(), text) {
				t.Errorf("%s is not told %q: %v", name, text, err)
			}
		}
	}
}

// TestQuotasAreTold, those that limit something.
func TestQuotasAreTold(t *testing.T) {
	server := clickhousetest.Start(t, clickhousetest.User{Name: "free", Password: "x"},
		clickhousetest.User{Name: "few", Password: "x", Quota: map[string]string{"result_rows": "1000000", "errors": "500"}})
	for name, want := range map[string][]string{"free": nil, "few": {"of_few allows 1000000 result_rows in 3600 s", "of_few allows 500 errors in 3600 s"}} {
		limits, err := open(t, Config{Addr: server.NativeAddr(), User: name, Password: "x"}).Quotas(t.Context())
		if err != nil || !slices.Equal(limits, want) {
			t.Errorf("%s: %q, %v", name, limits, err)
		}
	}
}
