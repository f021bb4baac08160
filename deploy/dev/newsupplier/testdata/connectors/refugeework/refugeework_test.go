package refugeework_test

import (
	"bytes"
	"fmt"
	"testing"

	"doorstroom/connectors/connectortest"
	"doorstroom/connectors/refugeework"
)

func TestConnector(t *testing.T) { connectortest.Suite(t, refugeework.Connector{}, sample) }

// sample writes matches; a broken one has no date.
func sample(_ *testing.T, _ string, sound, broken int) connectortest.File {
	var b bytes.Buffer
	for i := range sound + broken {
		date := "2023-01-01"
		if i >= sound {
			date = "geheim"
		}
		fmt.Fprintf(&b, `{"recordnummer":"m%d","pseudoniem_b":%q,"datum_koppeling":%q,"uitkomst":"geplaatst","uren_aangeboden":24}`+"\n", i, connectortest.Pseudonym(i), date)
	}
	return connectortest.File{Record: "refugeework_match", Data: b.Bytes(), Rows: sound + broken}
}
