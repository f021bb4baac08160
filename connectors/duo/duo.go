// Package duo reads DUO's extracts: the pages of its interface, as they came.
package duo

import "doorstroom/connectors/decode"

// Connector implements connectors.Connector.
type Connector struct{}

// Supplier implements connectors.Connector.
func (Connector) Supplier() string { return "duo" }

// Formats implements connectors.Connector.
func (Connector) Formats() []decode.Format { return []decode.Format{decode.JSON} }
