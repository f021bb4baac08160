package main

import (
	"fmt"
	"net"
	"net/url"
	"strings"
)

// allowClearText is the setting that lets clear text through.
const allowClearText = "DOORSTROOM_ALLOW_CLEAR_TEXT"

// kafkaInClear names the settings by which Kafka or the registry on another machine is spoken to in clear text.
func (s *settings) kafkaInClear() (names []string) {
	for _, broker := range s.KafkaBrokers {
		if !s.KafkaTLS && !thisMachine(broker) {
			names = append(names, "DOORSTROOM_KAFKA_BROKERS without DOORSTROOM_KAFKA_TLS")
			break
		}
	}
	if u, err := url.Parse(s.Registry); err == nil && u.Scheme == "http" && !thisMachine(u.Host) {
		names = append(names, "DOORSTROOM_SCHEMA_REGISTRY with http in place of https")
	}
	return names
}

// clickHouseInClear names those by which ClickHouse is.
func (s *settings) clickHouseInClear() (names []string) {
	if s.ClickHouseAddr == "" || s.ClickHouseTLS {
		return nil
	}
	if !thisMachine(s.ClickHouseAddr) || s.ClickHouseHTTP != "" && !thisMachine(s.ClickHouseHTTP) {
		names = append(names, "DOORSTROOM_CLICKHOUSE_ADDR without DOORSTROOM_CLICKHOUSE_TLS")
	}
	return names
}

// refuseClearText is an error if there are such settings and nobody said that it is meant.
func (s *settings) refuseClearText(inClear []string) error {
	if len(inClear) == 0 || s.AllowClearText {
		return nil
	}
	return fmt.Errorf("records of persons and passwords would cross the network in clear text (%s): set TLS, or, on a network that nobody else can listen to, %s=true",
		strings.Join(inClear, "; "), allowClearText)
}

// thisMachine tells whether host:port never leaves the machine. A name that is not localhost may be anybody's.
func thisMachine(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		host = address
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// clearText is doctor's line about it.
func (a *app) clearText() (string, error) {
	s := a.settings
	inClear := append(s.kafkaInClear(), s.clickHouseInClear()...)
	switch {
	case len(inClear) == 0:
		return "no server on another machine is spoken to in clear text", nil
	case s.AllowClearText:
		return "allowed by " + allowClearText + ": " + strings.Join(inClear, "; "), nil
	}
	return "", s.refuseClearText(inClear)
}
