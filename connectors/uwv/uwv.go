// Package uwv reads UWV's extracts: Parquet, one file per wage period.
package uwv

import (
	"doorstroom/connectors/decode"
	"doorstroom/connectors/decode/parquet"
)

// Connector implements connectors.Connector.
type Connector struct{}

// Supplier implements connectors.Connector.
func (Connector) Supplier() string { return "uwv" }

// Formats implements connectors.Connector.
func (Connector) Formats() []decode.Format { return []decode.Format{parquet.Format} }
