package duo_test

import (
	"bytes"
	"fmt"
	"testing"

	"doorstroom/connectors/connectortest"
	"doorstroom/connectors/duo"
)

func TestConnector(t *testing.T) { connectortest.Suite(t, duo.Connector{}, sample) }

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
		fmt.Fprintf(b, `%s{"recordnummer":"r%d","pseudoniem_v":%q,"onderdeel":"KNM","resultaat":"geen","examendatum":%q}`, comma, i, connectortest.Pseudonym(i), date)
	}
	fmt.Fprintf(b, `],"total":%d,"next":null}`, sound+broken)
	return connectortest.File{Record: "duo_exam", Data: b.Bytes(), Rows: sound + broken}
}
