// Package refugeework reads RefugeeWork's extracts: JSON Lines, one file per record or more.
package refugeework

import "doorstroom/connectors/decode"

// Connector implements connectors.Connector.
type Connector struct{}

// Supplier implements connectors.Connector.
func (Connector) Supplier() string { return "refugeework" }

// Formats implements connectors.Connector.
func (Connector) Formats() []decode.Format { return []decode.Format{decode.JSONL} }
