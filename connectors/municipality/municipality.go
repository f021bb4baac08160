// Package municipality reads the extracts of municipalities: CSV in the shapes that municipal systems write.
package municipality

import "doorstroom/connectors/decode"

// Connector implements connectors.Connector.
type Connector struct{}

// Supplier implements connectors.Connector.
func (Connector) Supplier() string { return "municipality" }

// Formats implements connectors.Connector.
func (Connector) Formats() []decode.Format { return []decode.Format{decode.CSV, decode.CSVGzip} }
