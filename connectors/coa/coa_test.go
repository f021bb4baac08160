package coa_test

import (
	"bytes"
	"fmt"
	"testing"

	"doorstroom/connectors/coa"
	"doorstroom/connectors/connectortest"
)

func TestConnector(t *testing.T) { connectortest.Suite(t, coa.Connector{}, sample) }

// sample writes stays; a broken one has no date.
func sample(_ *testing.T, format string, sound, broken int) connectortest.File {
	var b bytes.Buffer
	for i := range sound + broken {
		date := "2023-01-01"
		if i >= sound {
			date = "geheim"
		}
		fmt.Fprintf(&b, `{"recordnummer":"s%d","pseudoniem_v":%q,"locatie":"azc","gemeentecode":"0014","begindatum":%q}`+"\n", i, connectortest.Pseudonym(i), date)
	}
	f := connectortest.File{Record: "coa_stay", Data: b.Bytes(), Rows: sound + broken}
	if format == "jsonl.gz" {
		f.Data = connectortest.Gzip(f.Data)
	}
	return f
}
