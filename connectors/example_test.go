package connectors_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"go.uber.org/zap"

	"doorstroom/connectors"
	"doorstroom/connectors/connectortest"
	"doorstroom/connectors/decode"
	"doorstroom/schemas"
)

// matching is a supplier that delivers JSON Lines. That is all there is to a connector: its records are in schemas/avro.
type matching struct{}

func (matching) Supplier() string         { return "matching" }
func (matching) Formats() []decode.Format { return []decode.Format{decode.JSONL, decode.JSONLGzip} }

// A connector says who the supplier is and which formats it may deliver. connectortest.Suite then holds it to the rest.
func ExampleConnector() {
	var supplier connectors.Connector = matching{}
	for _, format := range supplier.Formats() {
		fmt.Println(supplier.Supplier(), format.Name)
	}
	// Output:
	// matching jsonl
	// matching jsonl.gz
}

// A delivery of two stays, one without a real date, is looked at before it is sent. Messages name the rule, never the value.
func ExampleReader_Check() {
	landing, err := os.MkdirTemp("", "landing")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(landing)
	folder := filepath.Join(landing, "coa", "coa-2024-03")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		fmt.Println(err)
		return
	}
	var stays strings.Builder
	for i, day := range []string{"2023-01-01", "soon"} {
		fmt.Fprintf(&stays, `{"recordnummer":"s%d","pseudoniem_v":%q,"locatie":"azc","gemeentecode":"0014","begindatum":%q}`+"\n", i, connectortest.Pseudonym(i), day)
	}
	manifest := fmt.Sprintf(`{"supplier":"coa","delivery_id":"coa-2024-03","drawn_on":"2024-03-01","covers_from":"2023-01-01","covers_to":"2024-02-29",
		"mode":"full","contract_version":"1.0","key_version":1,
		"files":[{"name":"stays.jsonl","record":"coa_stay","format":"jsonl","bytes":%d,"sha256":"%x","rows":2}]}`, stays.Len(), sha256.Sum256([]byte(stays.String())))
	for name, text := range map[string]string{"stays.jsonl": stays.String(), "manifest.json": manifest} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			fmt.Println(err)
			return
		}
	}

	reader := connectors.New(connectors.Options{KeyVersions: []int{1}, Log: zap.NewNop()})
	deliveries, err := reader.At(context.Background(), folder)
	if err != nil {
		fmt.Println(err)
		return
	}
	var lock sync.Mutex
	var aside []string
	closed, err := reader.Check(context.Background(), deliveries, func(q schemas.Quarantined) {
		lock.Lock()
		defer lock.Unlock()
		aside = append(aside, fmt.Sprintf("%s row %d: %s %s", q.File, q.Row, q.Field, q.Rule))
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	slices.Sort(aside)
	for _, record := range closed[0].Records {
		fmt.Printf("%s: %d rows, %d accepted, reason to refuse %q\n", record.Record, record.RowsInFiles, record.RowsAccepted, closed[0].Reason)
	}
	fmt.Println(strings.Join(aside, "\n"))
	// Output:
	// coa_stay: 2 rows, 1 accepted, reason to refuse ""
	// stays.jsonl row 2: start not_a_date
}
