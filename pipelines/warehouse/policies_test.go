package warehouse

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"doorstroom/deploy/testservers/clickhousetest"
)

// TestRowPolicies: who is shown some rows only is told so by the policy, or by the table where it may not see policies, and what
// to do; whatever the policy leaves, of views too, and when some tables are not to be read at all. A policy that leaves every row
// is no harm, and those of others are no concern.
func TestRowPolicies(t *testing.T) {
	policies := map[string]map[string]string{
		"none": {"ops.run": "0"}, "some": {"ops.delivery": "supplier = 'coa'"}, "two": {"raw.coa_stay": "row_no = 1", "facts_store.job": "0"},
		"view": {"facts.job": "0"}, "every": {"ops.delivery": "1"}, "free": nil,
	}
	says := map[string]string{"none": "none ON ops.run", "some": "some ON ops.delivery", "two": "two ON facts_store.job; two ON raw.coa_stay", "view": "view ON facts.job"}
	reader := clickhousetest.User{Name: "reader", Password: "x", Grants: []string{"GRANT SELECT ON ops.*"}, Sees: map[string]string{"ops.delivery": "0"}}
	users := []clickhousetest.User{reader}
	for name, sees := range policies {
		users = append(users, clickhousetest.User{Name: name, Password: "x", Sees: sees})
	}
	server := clickhousetest.Start(t, users...)
	told := func(name, text string) {
		t.Helper()
		err := open(t, Config{Addr: server.NativeAddr(), User: name, Password: "x"}).AllRows(t.Context())
		if text == "" && err == nil {
			return
		}
		if !errors.Is(err, ErrRowsHidden) || Away(err) || !strings.Contains(err.Error(), text+" ") || !strings.Contains(err.Error(), `"`+name+`"`) || !strings.Contains(err.Error(), "DOORSTROOM_CLICKHOUSE_USER") {
			t.Errorf("%s is not told %q: %v", name, text, err)
		}
	}
	told("free", "")
	_, err := open(t, Config{Addr: server.NativeAddr(), User: "free", Password: "x"}).Migrate(t.Context())
	must(t, err)
	for name := range policies {
		told(name, says[name])
	}
	told("reader", "") // the table is empty, and no policy is shown to it
	must(t, server.Admin.Exec(t.Context(), "INSERT INTO ops.delivery (supplier) VALUES ('coa')"))
	told("reader", "on ops.delivery")
	told("every", "")
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
