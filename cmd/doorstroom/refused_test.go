package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// offer is a delivery and the reason for which the contract refuses it, "" for
// one that it accepts.
type offer struct {
	landed
	want string
	// prepare does to its folder what a delivery cannot say.
	prepare func(t *testing.T, dir string)
	// counts are rows in files, accepted and quarantined where the contract fixes them.
	counts string
}

// Kinds of pseudonyms by which the facts tell where a record came from.
const (
	kindGood    = 'g'
	kindRefused = 'r'
)

// stays gives n good coa_stay records of persons of their own.
func stays(kind byte, from, n int) (records []fields) {
	for i := range n {
		records = append(records, fields{
			"recordnummer": fmt.Sprintf("%q", recordID(from+i)), "pseudoniem_v": fmt.Sprintf("%q", pseudonym(kind, from+i)),
			"locatie": `"sentinel"`, "gemeentecode": `"0363"`, "begindatum": `"2024-01-01"`,
		})
	}
	return records
}

// stayFile is a file of such records.
func stayFile(kind byte, from, n int) dataFile {
	return dataFile{name: "stay.jsonl", record: "coa_stay", format: "jsonl", content: jsonLines(stays(kind, from, n)), rows: n}
}

// refusals is one delivery per reason and per way to earn it, with some that
// stand just on the good side.
func refusals(t *testing.T) []offer {
	var all []offer
	all = append(all, manifestOffers()...)
	all = append(all, fileOffers(t)...)
	all = append(all, csvOffers(t)...)
	all = append(all, parquetOffers(t)...)
	all = append(all, pageOffers()...)
	all = append(all, countOffers()...)
	return append(all, shrinkOffers()...)
}

// TestRefusals reads a landing folder of refused deliveries between good ones:
// every reason is named, nothing of a refused one is visible, and the good ones
// are accepted.
func TestRefusals(t *testing.T) {
	t.Parallel()
	u, landing := newUser(t), filepath.Join(t.TempDir(), "landing")
	offers := refusals(t)
	for _, o := range offers {
		o.write(t, landing)
		if o.prepare != nil {
			o.prepare(t, filepath.Join(landing, o.supplier, o.id))
		}
	}
	u.with("DOORSTROOM_LOG_LEVEL=info").run("run", "--landing", landing, "--only", "load", "--log-format", "json").exits(4).
		says("refused", "doorstroom deliveries").saysJSON()

	decided := u.deliveries()
	t.Run("reasons", func(t *testing.T) { checkOffers(t, offers, decided) })
	t.Run("manifest that does not tell", func(t *testing.T) {
		d := decided["coa/not-json"][0]
		if d.drawnOn != `\N` || d.mode != `\N` {
			t.Errorf("drawn_on %q and mode %q of a manifest that is not JSON, want NULL", d.drawnOn, d.mode)
		}
	})
	t.Run("entries are kept", func(t *testing.T) { entriesAreKept(t, u.on(t)) })
	t.Run("nothing new", func(t *testing.T) {
		// Files are read only when the manifest is new: these are gone.
		if err := os.Remove(filepath.Join(landing, "coa", "a-good-one", "stay.jsonl")); err != nil {
			t.Fatal(err)
		}
		u.on(t).run("run", "--landing", landing, "--only", "load").exits(0)
		if got := u.on(t).deliveries(); !maps.EqualFunc(got, decided, slices.Equal) {
			t.Error("a second run with nothing new changed what was decided")
		}
	})
	t.Run("second attempts", func(t *testing.T) { secondAttempts(t, u.on(t), landing) })
	t.Run("release", func(t *testing.T) { release(t, u.on(t)) })
	t.Run("facts", func(t *testing.T) { onlyAcceptedInFacts(t, u.on(t)) })
	assertOnlyInWarehouse(t, u.data)
}

func checkOffers(t *testing.T, offers []offer, decided map[string][]delivered) {
	seen := map[string]bool{}
	for _, o := range offers {
		key := o.supplier + "/" + o.id
		if seen[key] {
			t.Fatalf("two offers are called %s", key)
		}
		seen[key] = true
		d := decided[key]
		if len(d) != 1 {
			t.Errorf("%s is decided %d times, want once", key, len(d))
			continue
		}
		status := map[bool]string{true: "accepted", false: "refused"}[o.want == ""]
		if d[0].status != status || d[0].reason != o.want {
			t.Errorf("%s is %s %s, want %s %s", key, d[0].status, d[0].reason, status, o.want)
		}
		if o.want != "" && d[0].accepted != "0" {
			t.Errorf("%s is refused and counts %s accepted rows", key, d[0].accepted)
		}
		if got := strings.Join([]string{d[0].rowsInFiles, d[0].accepted, d[0].quarantined}, " "); o.counts != "" && got != o.counts {
			t.Errorf("%s counts %s records in files, accepted, quarantined; want %s", key, got, o.counts)
		}
	}
	for key := range decided {
		if !seen[key] {
			t.Errorf("%s is decided, and is not a delivery of the landing folder", key)
		}
	}
}

// entriesAreKept checks the quarantine of a delivery that was refused for it.
func entriesAreKept(t *testing.T, u *user) {
	for id, want := range map[string]string{"too-many-bad": "11", "just-not-too-many": "11", "ten-of-ten": "10"} {
		got := u.value("SELECT count() FROM ops.quarantine WHERE delivery_id = '" + id + "' AND field = 'start' AND rule = 'missing'")
		if got != want {
			t.Errorf("%s keeps %s entries, want %s", id, got, want)
		}
	}
}

// secondAttempts hands over ids that were used before, and what a setting now allows.
func secondAttempts(t *testing.T, u *user, landing string) {
	reused := landed{supplier: "coa", id: "a-good-one", drawnOn: "2026-02-28", files: []dataFile{stayFile(kindRefused, 9000, 3)}}
	again := landed{supplier: "coa", id: "wrong-hash", files: []dataFile{stayFile(kindGood, 9100, 2)}}
	newKeys := landed{supplier: "coa", id: "new-keys", files: []dataFile{stayFile(kindGood, 9200, 1)}, change: func(m map[string]any) { m["key_version"] = 2 }}
	for _, d := range []landed{reused, again, newKeys} {
		d.write(t, landing)
	}
	u.with("DOORSTROOM_KEY_VERSIONS=1,2").run("run", "--landing", landing, "--only", "load").exits(4)
	decided := u.deliveries()
	for key, want := range map[string][]string{
		"coa/a-good-one": {"accepted ", "refused delivery_id_reused"},
		"coa/wrong-hash": {"accepted ", "refused hash_mismatch"},
		"coa/new-keys":   {"accepted "},
	} {
		var got []string
		for _, d := range decided[key] {
			got = append(got, d.status+" "+d.reason)
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s is %q, want %q", key, got, want)
		}
	}
}

// onlyAcceptedInFacts builds an edition and looks for persons of refused deliveries.
func onlyAcceptedInFacts(t *testing.T, u *user) {
	u.run("run", "--only", "facts", "--as-of", "2026-06-30").exits(0)
	got := map[string]string{}
	for _, r := range u.run("sql", "SELECT substring(person_id, 10, 1), count() FROM facts.person GROUP BY 1").exits(0).rows() {
		got[r[0]] = r[1]
	}
	if got[string(kindRefused)] != "" {
		t.Errorf("%s persons of refused deliveries are visible", got[string(kindRefused)])
	}
	if got[string(kindHeld)] != "700" {
		t.Errorf("%q persons of the released delivery are visible, want its 700", got[string(kindHeld)])
	}
	if got[string(kindGood)] == "" {
		t.Error("no person of an accepted delivery is visible")
	}
}
