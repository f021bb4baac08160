package connectors_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"doorstroom/connectors/connectortest"
	"doorstroom/schemas"
)

// TestManyFiles reads deliveries whose Closed, which lists every file, is more
// than Kafka takes in a message: they are decided, and the others with them.
func TestManyFiles(t *testing.T) {
	h := connectortest.New(t)
	named := func(id string, files int, leave bool, name func(int) string) connectortest.Delivery {
		d := permits(id, "", 0, "")
		f := d.Files[0]
		d.Files = nil
		for i := range files {
			f.Name, f.Leave = name(i), leave
			d.Files = append(d.Files, f)
		}
		return d
	}
	random := rand.New(rand.NewPCG(1, 2))
	noise := func(int) string {
		var b strings.Builder
		for range 100 {
			b.WriteByte("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"[random.IntN(62)])
		}
		return b.String()
	}
	named("many", 5000, false, func(i int) string { return fmt.Sprintf("p-%04d.jsonl", i) }).Write(t, h.Landing)
	named("nameless", 20_000, true, noise).Write(t, h.Landing)
	permits("one", permit("a", "1990"), 1, "").Write(t, h.Landing)
	want := map[string]struct {
		reason schemas.Reason
		files  int
	}{"many": {"", 5000}, "nameless": {schemas.FileMissing, 0}, "one": {"", 1}}
	closed := h.MustRead()
	for _, c := range closed {
		if w := want[c.DeliveryID]; c.Reason != w.reason || len(c.Files) != w.files {
			t.Errorf("%s: %q (%s), %d files", c.DeliveryID, c.Reason, c.Detail, len(c.Files))
		}
	}
	if control := h.Messages(schemas.ControlTopic); len(closed) != 3 || len(control) != 6 {
		t.Errorf("%d closed, %d messages", len(closed), len(control))
	}
}
