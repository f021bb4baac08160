package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"doorstroom/deploy/testservers/kafkatest"
)

// brokerKilled is the fault of leaderChange.
const brokerKilled = "kill a broker"

// leaderChange runs doorstroom on three brokers of Apache Kafka, with TLS and a login, and kills one of them during
// each step. What comes out is what came out of the embedded Kafka.
func leaderChange(t *testing.T, w *world) {
	cluster := kafkatest.Start(t, kafkatest.Options{Brokers: 3, Secure: true})
	p := w.place("apache")
	p.env = append(p.env, "DOORSTROOM_KAFKA_BROKERS="+strings.Join(cluster.Addrs(), ","), "DOORSTROOM_KAFKA_REPLICATION=3",
		"DOORSTROOM_KAFKA_TLS=true", "DOORSTROOM_KAFKA_CA="+cluster.CAFile,
		"DOORSTROOM_KAFKA_SASL=SCRAM-SHA-512", "DOORSTROOM_KAFKA_USER="+kafkatest.User, "DOORSTROOM_KAFKA_PASSWORD="+cluster.Password)
	for i, s := range steps {
		// The last topics are made, and the reading has begun, about half-way.
		plan := []fault{{name: brokerKilled, at: 0.6, do: func(context.Context, *command) error { cluster.Kill(i); return nil }}}
		hits, err := w.through(t.Context(), p, s, plan)
		if err != nil {
			t.Fatal(err)
		}
		if len(hits) != 1 {
			t.Errorf("step %s ended before a broker was killed, so nothing was shown", s)
		}
		for _, h := range hits {
			t.Logf("%s: done %v later", h.name, h.recovery.Round(100*time.Millisecond))
		}
		cluster.Restart(t, i)
	}
	got, err := p.contents(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if lost, doubled, differs := w.want.compare(got); lost > 0 || doubled > 0 || differs != "" {
		t.Errorf("%d rows lost, %d doubled, different: %q", lost, doubled, differs)
	}
}
