package municipality_test

import (
	"bytes"
	"fmt"
	"testing"

	"doorstroom/connectors/connectortest"
	"doorstroom/connectors/municipality"
)

func TestConnector(t *testing.T) { connectortest.Suite(t, municipality.Connector{}, sample, "0014") }

// sample writes registrations; a broken one has no date.
func sample(_ *testing.T, format string, sound, broken int) connectortest.File {
	b := bytes.NewBufferString("Recordnummer;Pseudoniem_V;Gemeentecode;Vestigingsdatum;Plaats\r\n")
	for i := range sound + broken {
		date := "01-01-2023"
		if i >= sound {
			date = "geheim"
		}
		fmt.Fprintf(b, "r%d;%s;0014;%s;\"'s-Gravenhage\"\r\n", i, connectortest.Pseudonym(i), date)
	}
	f := connectortest.File{Record: "municipality_residence", Data: b.Bytes(), Rows: sound + broken}
	if format == "csv.gz" {
		f.Data = connectortest.Gzip(f.Data)
	}
	return f
}
