// Package idw reads IDW's extracts: the pages of its interface, as they came.
package idw

import "doorstroom/connectors/decode"

// Connector implements connectors.Connector.
type Connector struct{}

// Supplier implements connectors.Connector.
func (Connector) Supplier() string { return "idw" }

// Formats implements connectors.Connector.
func (Connector) Formats() []decode.Format { return []decode.Format{decode.JSON} }
