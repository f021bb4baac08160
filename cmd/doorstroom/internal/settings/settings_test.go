package settings

import (
	"testing"

	"github.com/sethvargo/go-envconfig"

	"doorstroom/schemas"
)

// TestDefaultsOfSettings: what holds where nobody sets anything. Key version 1 is the contract's; how long things are kept
// is docs/decisions/retention.md. All other settings are empty, and each can be set.
func TestDefaultsOfSettings(t *testing.T) {
	want := map[string]string{
		"DOORSTROOM_DATA": "./data", "DOORSTROOM_LOG_FORMAT": "console", "DOORSTROOM_LOG_LEVEL": "warn", "DOORSTROOM_WORKERS": "0",
		"DOORSTROOM_KEY_VERSIONS": "[1]", "DOORSTROOM_KAFKA_BROKERS": "[]", "DOORSTROOM_KAFKA_TLS": "false", "DOORSTROOM_KAFKA_REPLICATION": "1",
		"DOORSTROOM_CLICKHOUSE_USER": "default", "DOORSTROOM_CLICKHOUSE_TLS": "false", "DOORSTROOM_CLICKHOUSE_MEMORY": "4294967296",
		"DOORSTROOM_WAREHOUSE_PORT":   "18123",
		"DOORSTROOM_ALLOW_CLEAR_TEXT": "false", "DOORSTROOM_SLICE_PERSONS": "0",
		"DOORSTROOM_PATIENCE": "10m0s", "DOORSTROOM_SILENCE": "1m0s", "DOORSTROOM_INTERVAL": "24h0m0s",
		"DOORSTROOM_KEEP_MESSAGES": "7", "DOORSTROOM_KEEP_REFUSED": "30", "DOORSTROOM_KEEP_HELD": "365", "DOORSTROOM_KEEP_REPLACED": "0",
		"DOORSTROOM_KEEP_BUILDS": "1", "DOORSTROOM_KEEP_COPIES": "90", "DOORSTROOM_KEEP_LEDGER": "730",
	}
	nothing := envconfig.MapLookuper(nil)
	s, err := Read(t.Context(), nothing)
	if err != nil {
		t.Fatal(err)
	}
	lines := s.List(nothing)
	for _, line := range lines {
		if line.Value != want[line.Name] || line.Source != "default" {
			t.Errorf("%s is %q by %s, want %q", line.Name, line.Value, line.Source, want[line.Name])
		}
		delete(want, line.Name)
	}
	for name := range want {
		t.Errorf("there is no setting %s", name)
	}
	if all := 42 + 7*len(schemas.Suppliers) + 2*4; len(lines) != all { // those that are there once, of every supplier's folder, and of two services
		t.Errorf("%d settings, want %d", len(lines), all)
	}
}

// TestSettingsFromTheEnvironment are listed as such, and secrets not shown.
func TestSettingsFromTheEnvironment(t *testing.T) {
	env := envconfig.MapLookuper(map[string]string{"DOORSTROOM_KEY_VERSIONS": "1,2", "DOORSTROOM_KAFKA_PASSWORD": "hidden", "DOORSTROOM_SOURCE_UWV_SECRET": "hidden", "DOORSTROOM_KEEP_HELD": "0", "DOORSTROOM_IDW_URL": "https://idw.example"})
	s, err := Read(t.Context(), env)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"DOORSTROOM_KEY_VERSIONS": "[1 2]", "DOORSTROOM_KAFKA_PASSWORD": "(set, not shown)", "DOORSTROOM_SOURCE_UWV_SECRET": "(set, not shown)", "DOORSTROOM_KEEP_HELD": "0", "DOORSTROOM_IDW_URL": "https://idw.example",
	}
	for _, line := range s.List(env) {
		value, set := want[line.Name]
		if source := map[bool]string{true: "environment", false: "default"}[set]; line.Source != source || set && line.Value != value {
			t.Errorf("%s is %q by %s, want %q by %s", line.Name, line.Value, line.Source, value, source)
		}
	}
	if s.Keep.Held != 0 || s.Sources["uwv"].Secret != "hidden" || s.APIs["idw"].URL != "https://idw.example" || s.APIs["duo"].URL != "" {
		t.Errorf("read was %+v", *s)
	}
}
