package settings

import (
	"strings"
	"testing"
)

// TestClearText asks what is refused: only what leaves the machine, and only without TLS.
func TestClearText(t *testing.T) {
	for name, test := range map[string]struct {
		settings Settings
		refused  []string
	}{
		"embedded":            {Settings{}, nil},
		"localhost":           {Settings{KafkaBrokers: []string{"localhost:9092"}, ClickHouseAddr: "localhost:9000"}, nil},
		"loopback":            {Settings{KafkaBrokers: []string{"127.0.0.1:9092", "[::1]:9092"}, ClickHouseAddr: "127.8.0.1:9000", Registry: "http://[::1]:8081"}, nil},
		"brokers":             {Settings{KafkaBrokers: []string{"kafka-1:9092", "kafka-2:9092"}}, []string{"DOORSTROOM_KAFKA_TLS"}},
		"one broker":          {Settings{KafkaBrokers: []string{"localhost:9092", "10.0.0.1:9092"}}, []string{"DOORSTROOM_KAFKA_TLS"}},
		"brokers with TLS":    {Settings{KafkaBrokers: []string{"kafka:9093"}, KafkaTLS: true}, nil},
		"ClickHouse":          {Settings{ClickHouseAddr: "clickhouse:9000"}, []string{"DOORSTROOM_CLICKHOUSE_TLS"}},
		"its HTTP":            {Settings{ClickHouseAddr: "localhost:9000", ClickHouseHTTP: "clickhouse:8123"}, []string{"DOORSTROOM_CLICKHOUSE_TLS"}},
		"with TLS":            {Settings{ClickHouseAddr: "clickhouse:9440", ClickHouseTLS: true}, nil},
		"registry":            {Settings{Registry: "http://registry:8081"}, []string{"DOORSTROOM_SCHEMA_REGISTRY"}},
		"registry, no scheme": {Settings{Registry: "registry:8081"}, []string{"DOORSTROOM_SCHEMA_REGISTRY"}},
		"registry here":       {Settings{Registry: "localhost:8081"}, nil},
		"loopback, any form":  {Settings{KafkaBrokers: []string{"[::1%lo]:9092", "LOCALHOST:9092", "[::ffff:127.0.0.1]:9092", "127.1.2.3"}}, nil},
		"any address":         {Settings{KafkaBrokers: []string{"0.0.0.0:9092"}}, []string{"DOORSTROOM_KAFKA_TLS"}},
		"DUO and IDW":         {Settings{APIs: map[string]API{"duo": {URL: "http://duo.nl"}, "idw": {URL: "HTTP://idw.nl/a"}}}, []string{"DOORSTROOM_DUO_URL", "DOORSTROOM_IDW_URL"}},
		"a web folder":        {Settings{Sources: map[string]Folder{"coa": {URL: "http://coa.nl/x"}, "uwv": {URL: "sftp://u@uwv.nl/x"}}}, []string{"DOORSTROOM_SOURCE_COA_URL"}},
		"an S3 endpoint":      {Settings{Sources: map[string]Folder{"duo": {URL: "s3://b?endpoint=http://s3.nl"}}}, []string{"DOORSTROOM_SOURCE_DUO_URL"}},
		"S3 by its own":       {Settings{Sources: map[string]Folder{"duo": {URL: "s3://b?endpoint=https://s3.nl"}}}, nil},
		"registry, https":     {Settings{Registry: "https://registry"}, nil},
		"a name like it":      {Settings{ClickHouseAddr: "localhost.example.nl:9000"}, []string{"DOORSTROOM_CLICKHOUSE_TLS"}},
		"no port":             {Settings{KafkaBrokers: []string{"kafka"}}, []string{"DOORSTROOM_KAFKA_TLS"}},
		"one of two":          {Settings{KafkaBrokers: []string{"kafka:9093"}, KafkaTLS: true, ClickHouseAddr: "ch:9000"}, []string{"DOORSTROOM_CLICKHOUSE_TLS"}},
		"both": {Settings{KafkaBrokers: []string{"kafka:9092"}, ClickHouseAddr: "ch:9000"},
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
	for registry, want := range map[string]string{
		"": "", "localhost:8081": "http://localhost:8081", "https://registry:8081/x": "https://registry:8081/x", "HTTPS://registry": "https://registry",
		"http://registry": "refused", "HTTP://registry": "refused", "registry:8081": "refused", "tls://registry": "refused", "ftp://registry": "refused", "https://": "refused",
	} {
		s := Settings{Registry: registry}
		got, err := address(&s)
		if err != nil {
			got = "refused"
		}
		if got != want {
			t.Errorf("%s: %s, %v, want %s", registry, got, err, want)
		}
	}
	s := Settings{Registry: "registry:8081", AllowClearText: true}
	if got, err := address(&s); got != "http://registry:8081" || err != nil {
		t.Errorf("allowed: %s, %v", got, err)
	}
}

func address(s *Settings) (string, error) {
	at, _, err := s.SchemaRegistry()
	return at, err
}
