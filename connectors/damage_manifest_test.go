package connectors_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"doorstroom/connectors/connectortest"
	"doorstroom/schemas"
)

// TestDamagedManifests turns a bit of every byte of a manifest, and cuts it off
// behind every byte: the delivery is refused, or its records are those that they
// were. A manifest vouches for its files; nothing vouches for its own days.
func TestDamagedManifests(t *testing.T) {
	h := connectortest.New(t)
	sound := permits("sound", permit("a", "1990")+permit("b", "1991"), 2, "3981")
	sound.Write(t, h.Landing)
	text, err := os.ReadFile(filepath.Join(h.Landing, "coa", "sound", "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	deliver := func(change func([]byte) []byte) {
		d := sound
		d.ID = fmt.Sprintf("d%04d", n) // as long as the sound one
		d.Raw = change(bytes.Replace(text, []byte("sound"), []byte(d.ID), 1))
		d.Write(t, h.Landing)
		n++
	}
	for at := range text {
		deliver(func(m []byte) []byte { m[at] ^= 1 << (at % 7); return m })
		if at%9 == 0 {
			deliver(func(m []byte) []byte { return m[:at] })
		}
	}
	closed := h.MustRead()
	if len(closed) != n+1 {
		t.Fatalf("%d closed of %d", len(closed), n+1)
	}
	messages := byLoad(t, h, "coa_permit")
	want, accepted := messages[loadOf(t, closed, "sound")], 0
	for _, c := range closed {
		if c.Reason != "" {
			continue
		}
		accepted++
		got := messages[c.LoadID]
		if len(got) != 2 || !bytes.Equal(got[1], want[1]) || !bytes.Equal(got[2], want[2]) {
			t.Errorf("%s: %d records, or others", c.DeliveryID, len(got))
		}
	}
	// A digit of a day, and the like.
	if accepted < 2 || accepted > n/10 {
		t.Errorf("%d of %d accepted", accepted, n)
	}
}

func loadOf(t *testing.T, closed []schemas.Closed, id string) uint64 {
	t.Helper()
	for _, c := range closed {
		if c.DeliveryID == id {
			return c.LoadID
		}
	}
	t.Fatalf("no delivery %s", id)
	return 0
}
