// Package uwv reads UWV's extracts: Parquet, one file per wage period.
package uwv

import "doorstroom/connectors/decode"

// Connector implements connectors.Connector.
type Connector struct{}

// Supplier implements connectors.Connector.
func (Connector) Supplier() string { return "uwv" }

// Formats implements connectors.Connector.
func (Connector) Formats() []decode.Format { return []decode.Format{decode.Parquet} }
