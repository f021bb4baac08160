package settings

import (
	"fmt"
	"net/url"
	"strings"

	"doorstroom/connectors/remote"
	"doorstroom/schemas"
)

// kafkaInClear names the settings by which Kafka or the registry on another machine is spoken to in clear text.
func (s *Settings) kafkaInClear() (names []string) {
	for _, broker := range s.KafkaBrokers {
		if remote.InClear(broker, s.KafkaTLS) {
			names = append(names, "DOORSTROOM_KAFKA_BROKERS without DOORSTROOM_KAFKA_TLS")
			break
		}
	}
	if s.Registry != "" && remote.InClear(s.Registry, false) {
		names = append(names, "DOORSTROOM_SCHEMA_REGISTRY without https://")
	}
	return names
}

// clickHouseInClear names those by which ClickHouse is.
func (s *Settings) clickHouseInClear() (names []string) {
	if s.ClickHouseAddr == "" {
		return nil
	}
	if remote.InClear(s.ClickHouseAddr, s.ClickHouseTLS) || s.ClickHouseHTTP != "" && remote.InClear(s.ClickHouseHTTP, s.ClickHouseTLS) {
		names = append(names, "DOORSTROOM_CLICKHOUSE_ADDR without DOORSTROOM_CLICKHOUSE_TLS")
	}
	return names
}

// suppliersInClear names those by which a supplier's interface or folder is.
func (s *Settings) suppliersInClear() (names []string) {
	type place struct{ setting, address string }
	var places []place
	for _, supplier := range schemas.Suppliers {
		places = append(places, place{OfSupplier("DOORSTROOM_", supplier) + "URL", s.APIs[supplier].URL})
	}
	for _, supplier := range schemas.Suppliers {
		places = append(places, place{OfSupplier("DOORSTROOM_SOURCE_", supplier) + "URL", s.Sources[supplier].URL})
	}
	for _, at := range places {
		endpoint := ""
		if u, err := url.Parse(at.address); err == nil {
			endpoint = u.Query().Get("endpoint") // of S3
		}
		for _, address := range []string{at.address, endpoint} {
			if address != "" && remote.InClear(address, false) {
				names = append(names, at.setting+" without https://")
			}
		}
	}
	return names
}

// refuseClearText is an error if there are such settings and nobody said that it is meant.
func (s *Settings) refuseClearText(inClear []string) error {
	if len(inClear) == 0 || s.AllowClearText {
		return nil
	}
	return fmt.Errorf("records of persons and passwords would cross the network in clear text (%s): set TLS, or, on a network that nobody else can listen to, %s=true",
		strings.Join(inClear, "; "), remote.AllowClearText)
}

// ClearText tells for people what is spoken in clear text, or that something is which is not allowed.
func (s *Settings) ClearText() (string, error) {
	inClear := append(append(s.kafkaInClear(), s.clickHouseInClear()...), s.suppliersInClear()...)
	switch {
	case len(inClear) == 0:
		return "no server on another machine is spoken to in clear text", nil
	case s.AllowClearText:
		return "allowed by " + remote.AllowClearText + ": " + strings.Join(inClear, "; "), nil
	}
	return "", s.refuseClearText(inClear)
}
