package settings

import (
	"strings"
	"testing"

	"github.com/sethvargo/go-envconfig"

	"doorstroom/cmd/doorstroom/internal/exit"
)

// TestPasswordsInAddresses gives a password in every setting that is a text: each is refused with what to do, and the
// message does not show it.
func TestPasswordsInAddresses(t *testing.T) {
	read, err := Read(t.Context(), envconfig.MapLookuper(nil))
	if err != nil {
		t.Fatal(err)
	}
	read.KafkaBrokers = []string{""}
	texts := read.texts()
	if len(texts) < 30 {
		t.Fatalf("%d settings are texts, want some dozens", len(texts))
	}
	for _, at := range texts {
		for _, address := range []string{"https://user:geheim@host", "user:geheim@host:9000"} {
			s, err := Read(t.Context(), envconfig.MapLookuper(map[string]string{at.name: address}))
			if s != nil || exit.Code(err) != exit.CodeUsage {
				t.Errorf("%s: %v", at.name, err)
				continue
			}
			if text := err.Error(); !strings.Contains(text, at.name) || !strings.Contains(text, "take it out of the address") || strings.Contains(text, "geheim") {
				t.Errorf("%s: %v", at.name, err)
			}
		}
	}
}

// TestBrokersHaveNoScheme: one that is given as a URL is refused, with what is expected in its place.
func TestBrokersHaveNoScheme(t *testing.T) {
	for address, fine := range map[string]bool{
		"kafka-1:9092,[::1]:9092": true, "tls://kafka-1:9093": false, "kafka-1:9092,SASL_SSL://kafka-2:9093": false, "://kafka:9092": false,
	} {
		_, err := Read(t.Context(), envconfig.MapLookuper(map[string]string{"DOORSTROOM_KAFKA_BROKERS": address}))
		if (err == nil) != fine {
			t.Errorf("%s: %v", address, err)
		}
		if fine || err == nil {
			continue
		}
		for _, text := range []string{"DOORSTROOM_KAFKA_BROKERS", "://", "host:port", "DOORSTROOM_KAFKA_TLS"} {
			if !strings.Contains(err.Error(), text) {
				t.Errorf("%s: the message does not say %q: %v", address, text, err)
			}
		}
	}
}
