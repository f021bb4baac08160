package main

import (
	"path/filepath"
	"strings"
	"testing"

	"doorstroom/connectors/remote"
)

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
