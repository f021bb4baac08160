package main

import (
	"strings"
	"testing"
)

// TestPasswordsInAddresses are refused by every command before anything is said or done with them, with what to do, and
// nothing shows them.
func TestPasswordsInAddresses(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	for name, login := range map[string]string{
		"DOORSTROOM_KAFKA_BROKERS": "DOORSTROOM_KAFKA_PASSWORD", "DOORSTROOM_SCHEMA_REGISTRY": "DOORSTROOM_SCHEMA_REGISTRY_PASSWORD",
		"DOORSTROOM_CLICKHOUSE_ADDR": "DOORSTROOM_CLICKHOUSE_PASSWORD", "DOORSTROOM_CLICKHOUSE_HTTP": "DOORSTROOM_CLICKHOUSE_PASSWORD",
		"DOORSTROOM_DUO_URL": "CLIENT_SECRET", "DOORSTROOM_SOURCE_UWV_URL": "SECRET",
	} {
		for _, args := range [][]string{{"doctor"}, {"run", "--landing", t.TempDir()}, {"deliveries"}} {
			e := u.with(name+"=https://user:geh/eim@host").run(args...).exits(2).says(name, login)
			if strings.Contains(e.out+e.err, "eim@") {
				t.Errorf("%s, %s: the password is shown:\n%s%s", name, args[0], e.out, e.err)
			}
		}
	}
	u.with("DOORSTROOM_SOURCE_COA_URL=s3://b?endpoint=https://user:geheim@host").run("config").exits(2).says("DOORSTROOM_SOURCE_COA_URL")
	u.with("DOORSTROOM_SOURCE_COA_URL=sftp://user@host:22/~/a@b", "DOORSTROOM_SOURCE_COA_HOST_KEY=ssh-ed25519 AAAA a@b").run("config").exits(0)
}

// TestInterfacesInClearText are refused before anything is asked of them.
func TestInterfacesInClearText(t *testing.T) {
	t.Parallel()
	u, landing := newUser(t), t.TempDir()
	// No such host exists (RFC 6761): a command that got as far as a connection would say so.
	for setting, address := range map[string]string{
		"DOORSTROOM_DUO_URL": "http://duo.invalid", "DOORSTROOM_IDW_URL": "http://idw.invalid", "DOORSTROOM_SOURCE_COA_URL": "http://coa.invalid/x",
	} {
		u.with(setting+"="+address).run("run", "--landing", landing, "--only", "load").exits(2).says(setting, "https://", "DOORSTROOM_ALLOW_CLEAR_TEXT")
	}
	u.with("DOORSTROOM_SCHEMA_REGISTRY=registry.invalid:8081").run("run", "--landing", landing, "--only", "load").exits(3).says("clear text", "DOORSTROOM_SCHEMA_REGISTRY")
}
