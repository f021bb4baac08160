package settings

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"doorstroom/connectors/landing"
	"doorstroom/connectors/remote"
	"doorstroom/pipelines/kafka"
	"doorstroom/pipelines/query"
	"doorstroom/pipelines/warehouse"
)

// Brokers is the Kafka that the settings name.
func (s *Settings) Brokers() (kafka.Cluster, error) {
	config, err := tlsConfig(s.KafkaTLS, s.KafkaCA)
	if err != nil {
		return kafka.Cluster{}, err
	}
	login, err := kafka.Login(s.KafkaMechanism, s.KafkaUser, string(s.KafkaPassword))
	if err != nil {
		return kafka.Cluster{}, err
	}
	return kafka.Cluster{Brokers: s.KafkaBrokers, TLS: config, SASL: login, Replication: s.KafkaReplication}, nil
}

// KafkaOverTLS is an error when records would go to Kafka or the registry in clear text, and nobody said that it is meant.
func (s *Settings) KafkaOverTLS() error { return s.refuseClearText(s.kafkaInClear()) }

// ClickHouse is the server that the settings name: how the program connects to it, and who asks there over HTTP.
func (s *Settings) ClickHouse() (warehouse.Config, *query.Server, error) {
	if err := s.refuseClearText(s.clickHouseInClear()); err != nil {
		return warehouse.Config{}, nil, err
	}
	config, err := tlsConfig(s.ClickHouseTLS, s.ClickHouseCA)
	if err != nil {
		return warehouse.Config{}, nil, err
	}
	addr, err := s.httpAddr()
	if err != nil {
		return warehouse.Config{}, nil, err
	}
	native := warehouse.Config{Addr: s.ClickHouseAddr, User: s.ClickHouseUser, Password: string(s.ClickHousePassword), TLS: config}
	return native, &query.Server{Addr: addr, TLS: config != nil, People: s.people()}, nil
}

// people is who asks for people: a user of its own, or else the only one that there is.
func (s *Settings) people() query.User {
	if s.ClickHouseSQLUser == "" {
		return query.User{Name: s.ClickHouseUser, Password: string(s.ClickHousePassword), Readonly: "1"}
	}
	return query.User{Name: s.ClickHouseSQLUser, Password: string(s.ClickHouseSQLPassword), Readonly: "1"}
}

// httpAddr is where ClickHouse's HTTP interface is, next to the native one unless set.
func (s *Settings) httpAddr() (string, error) {
	if s.ClickHouseHTTP != "" {
		return s.ClickHouseHTTP, nil
	}
	host, _, err := net.SplitHostPort(s.ClickHouseAddr)
	if err != nil {
		return "", fmt.Errorf("DOORSTROOM_CLICKHOUSE_ADDR must be host:port: %w", err)
	}
	if s.ClickHouseTLS {
		return net.JoinHostPort(host, "8443"), nil
	}
	return net.JoinHostPort(host, "8123"), nil
}

// registryLimit is how long an answer of the schema registry may be, registryTimeout how long one may take.
const registryLimit, registryTimeout = 16 << 20, time.Minute

// SchemaRegistry is where the schema registry is and the client that asks it; the address is empty for the embedded one.
// One without a scheme is http://, as everywhere; written out here, so that the client of the registry makes nothing else
// of it.
func (s *Settings) SchemaRegistry() (address string, client *http.Client, err error) {
	if s.Registry == "" {
		return "", nil, nil
	}
	address = s.Registry
	if !strings.Contains(address, "://") {
		address = "http://" + address
	}
	base, err := remote.Base(address, s.AllowClearText)
	if err != nil {
		return "", nil, fmt.Errorf("DOORSTROOM_SCHEMA_REGISTRY: %w", err)
	}
	return base.String(), remote.Client(remote.Options{BodyLimit: registryLimit, Timeout: registryTimeout}), nil
}

// tlsConfig is nil for clear text.
func tlsConfig(on bool, caFile string) (*tls.Config, error) {
	if !on {
		return nil, nil
	}
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if caFile == "" {
		return config, nil
	}
	pem, err := landing.ReadSetting(caFile)
	if err != nil {
		return nil, fmt.Errorf("read the CA certificates: %w", err)
	}
	config.RootCAs = x509.NewCertPool()
	if !config.RootCAs.AppendCertsFromPEM(pem) {
		return nil, errors.New(caFile + " holds no PEM certificate")
	}
	return config, nil
}
