package idw_test

import (
	"bytes"
	"fmt"
	"testing"

	"doorstroom/connectors/connectortest"
	"doorstroom/connectors/idw"
)

func TestConnector(t *testing.T) { connectortest.Suite(t, idw.Connector{}, sample) }

// sample writes a page; a broken item has no date.
func sample(_ *testing.T, _ string, sound, broken int) connectortest.File {
	b := bytes.NewBufferString(`{"items":[`)
	for i := range sound + broken {
		date, comma := "2023-01-01", ","
		if i >= sound {
			date = "geheim"
		}
		if i == 0 {
			comma = ""
		}
		fmt.Fprintf(b, `%s{"recordnummer":"r%d","pseudoniem_v":%q,"datum_aanvraag":%q}`, comma, i, connectortest.Pseudonym(i), date)
	}
	fmt.Fprintf(b, `],"total":%d,"next":null}`, sound+broken)
	return connectortest.File{Record: "idw_valuation", Data: b.Bytes(), Rows: sound + broken}
}
