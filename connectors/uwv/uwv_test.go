package uwv_test

import (
	"testing"

	"github.com/parquet-go/parquet-go"

	"doorstroom/connectors/connectortest"
	"doorstroom/connectors/uwv"
)

func TestConnector(t *testing.T) { connectortest.Suite(t, uwv.Connector{}, sample) }

// sample writes wages in several row groups; a broken one has no such sector.
func sample(t *testing.T, _ string, sound, broken int) connectortest.File {
	rows := make([]connectortest.Wage, sound+broken)
	none := "geheim"
	for i := range rows {
		rows[i] = connectortest.WageAt(i)
		if i >= sound {
			rows[i].Sector = &none
		}
	}
	return connectortest.File{Record: "uwv_employment", Data: connectortest.Parquet(t, rows, 30, &parquet.Zstd), Rows: len(rows)}
}
