package main

import (
	"path/filepath"
	"strings"
	"testing"

	"doorstroom/connectors/remote"
)

// TestClearText asks what is refused: only what leaves the machine, and only without TLS.
func TestClearText(t *testing.T) {
	for name, test := range map[string]struct {
		settings settings
		refused  []string
	}{
		"embedded":            {settings{}, nil},
		"localhost":           {settings{KafkaBrokers: []string{"localhost:9092"}, ClickHouseAddr: "localhost:9000"}, nil},
		"loopback":            {settings{KafkaBrokers: []string{"127.0.0.1:9092", "[::1]:9092"}, ClickHouseAddr: "127.8.0.1:9000", Registry: "http://[::1]:8081"}, nil},
		"brokers":             {settings{KafkaBrokers: []string{"kafka-1:9092", "kafka-2:9092"}}, []string{"DOORSTROOM_KAFKA_TLS"}},
		"one broker":          {settings{KafkaBrokers: []string{"localhost:9092", "10.0.0.1:9092"}}, []string{"DOORSTROOM_KAFKA_TLS"}},
		"brokers with TLS":    {settings{KafkaBrokers: []string{"kafka:9093"}, KafkaTLS: true}, nil},
		"ClickHouse":          {settings{ClickHouseAddr: "clickhouse:9000"}, []string{"DOORSTROOM_CLICKHOUSE_TLS"}},
		"its HTTP":            {settings{ClickHouseAddr: "localhost:9000", ClickHouseHTTP: "clickhouse:8123"}, []string{"DOORSTROOM_CLICKHOUSE_TLS"}},
		"with TLS":            {settings{ClickHouseAddr: "clickhouse:9440", ClickHouseTLS: true}, nil},
		"registry":            {settings{Registry: "http://registry:8081"}, []string{"DOORSTROOM_SCHEMA_REGISTRY"}},
		"registry, no scheme": {settings{Registry: "registry:8081"}, []string{"DOORSTROOM_SCHEMA_REGISTRY"}},
		"registry here":       {settings{Registry: "localhost:8081"}, nil},
		"loopback, any form":  {settings{KafkaBrokers: []string{"[::1%lo]:9092", "LOCALHOST:9092", "[::ffff:127.0.0.1]:9092", "127.1.2.3"}}, nil},
		"any address":         {settings{KafkaBrokers: []string{"0.0.0.0:9092"}}, []string{"DOORSTROOM_KAFKA_TLS"}},
		"DUO and IDW":         {settings{APIs: map[string]supplierAPI{"duo": {URL: "http://duo.nl"}, "idw": {URL: "HTTP://idw.nl/a"}}}, []string{"DOORSTROOM_DUO_URL", "DOORSTROOM_IDW_URL"}},
		"a web folder":        {settings{Sources: map[string]sourceFolder{"coa": {URL: "http://coa.nl/x"}, "uwv": {URL: "sftp://u@uwv.nl/x"}}}, []string{"DOORSTROOM_SOURCE_COA_URL"}},
		"an S3 endpoint":      {settings{Sources: map[string]sourceFolder{"duo": {URL: "s3://b?endpoint=http://s3.nl"}}}, []string{"DOORSTROOM_SOURCE_DUO_URL"}},
		"S3 by its own":       {settings{Sources: map[string]sourceFolder{"duo": {URL: "s3://b?endpoint=https://s3.nl"}}}, nil},
		"registry, https":     {settings{Registry: "https://registry"}, nil},
		"a name like it":      {settings{ClickHouseAddr: "localhost.example.nl:9000"}, []string{"DOORSTROOM_CLICKHOUSE_TLS"}},
		"no port":             {settings{KafkaBrokers: []string{"kafka"}}, []string{"DOORSTROOM_KAFKA_TLS"}},
		"one of two":          {settings{KafkaBrokers: []string{"kafka:9093"}, KafkaTLS: true, ClickHouseAddr: "ch:9000"}, []string{"DOORSTROOM_CLICKHOUSE_TLS"}},
		"both": {settings{KafkaBrokers: []string{"kafka:9092"}, ClickHouseAddr: "ch:9000"},
			[]string{"DOORSTROOM_KAFKA_TLS", "DOORSTROOM_CLICKHOUSE_TLS"}},
	} {
		s := test.settings
		inClear := append(append(s.kafkaInClear(), s.clickHouseInClear()...), s.suppliersInClear()...)
		if len(inClear) != len(test.refused) {
			t.Errorf("%s: in clear text are %q, want %q", name, inClear, test.refused)
			continue
		}
		for i, setting := range test.refused {
			if !strings.Contains(inClear[i], setting) {
				t.Errorf("%s: %q does not name %s", name, inClear[i], setting)
			}
		}
		if err := s.refuseClearText(inClear); (err != nil) != (len(test.refused) > 0) {
			t.Errorf("%s: the error is %v", name, err)
		}
		s.AllowClearText = true
		if err := s.refuseClearText(inClear); err != nil {
			t.Errorf("%s, allowed: %v", name, err)
		}
	}
}

// TestRegistryURL: what the client of the registry is given is what was judged, whoever asks for it.
func TestRegistryURL(t *testing.T) {
	for address, want := range map[string]string{
		"": "", "localhost:8081": "http://localhost:8081", "https://registry:8081/x": "https://registry:8081/x", "HTTPS://registry": "https://registry",
		"http://registry": "refused", "HTTP://registry": "refused", "registry:8081": "refused", "tls://registry": "refused", "ftp://registry": "refused", "https://": "refused",
	} {
		s := settings{Registry: address}
		got, err := s.registryURL()
		if err != nil {
			got = "refused"
		}
		if got != want {
			t.Errorf("%s: %s, %v, want %s", address, got, err, want)
		}
		if want != "refused" {
			continue
		}
		if err := (&app{settings: &s}).openRegistry(&engines{}); err == nil {
			t.Errorf("%s: the registry is opened", address)
		}
	}
	s := settings{Registry: "registry:8081", AllowClearText: true}
	if got, err := s.registryURL(); got != "http://registry:8081" || err != nil {
		t.Errorf("allowed: %s, %v", got, err)
	}
}

// TestClearTextIsRefused sees every way into the servers refuse it, before any connection, and doctor tell of it.
func TestClearTextIsRefused(t *testing.T) {
	t.Parallel()
	u, landing := newUser(t), t.TempDir()
	// No such host exists (RFC 6761): a command that got as far as a connection would say so.
	kafka := u.with("DOORSTROOM_KAFKA_BROKERS=kafka.invalid:9092")
	clickHouse := u.with("DOORSTROOM_CLICKHOUSE_ADDR=clickhouse.invalid:9000")
	kafka.run("run", "--landing", landing, "--only", "load").exits(3).says("clear text", "DOORSTROOM_KAFKA_TLS", remote.AllowClearText)
	for _, args := range [][]string{{"run", "--landing", landing}, {"deliveries"}, {"serve"}, {"backup", "--out", filepath.Join(landing, "b"), "--disk", "d"}} {
		clickHouse.run(args...).exits(3).says("clear text", "DOORSTROOM_CLICKHOUSE_TLS", remote.AllowClearText)
	}
	clickHouse.with(remote.AllowClearText+"=true").run("deliveries").exits(3).says("clickhouse.invalid", "DOORSTROOM_CLICKHOUSE_ADDR")
	for user, says := range map[*user]string{clickHouse: "MISSING  clear text", clickHouse.with(remote.AllowClearText + "=true"): "allowed by " + remote.AllowClearText} {
		if out := user.run("doctor").exits(3).out; !strings.Contains(out, says) {
			t.Errorf("doctor does not say %q:\n%s", says, out)
		}
	}
	registry := u.with("DOORSTROOM_SCHEMA_REGISTRY=http://registry.invalid", "DOORSTROOM_SCHEMA_REGISTRY_USER=u", "DOORSTROOM_SCHEMA_REGISTRY_PASSWORD=p")
	if out := registry.run("doctor").exits(3).out; strings.Contains(out, "no such host") || !strings.Contains(out, "DOORSTROOM_SCHEMA_REGISTRY: the address does not begin with https://") {
		t.Errorf("doctor asks the registry in clear text:\n%s", out)
	}
	if out := u.run("config", "--format", "CSV").exits(0).out; !strings.Contains(out, remote.AllowClearText+",false,default") {
		t.Errorf("config does not list %s:\n%s", remote.AllowClearText, out)
	}
}
