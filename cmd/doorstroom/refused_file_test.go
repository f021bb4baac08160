package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// fileOffers are deliveries with a file that is not what the manifest says.
func fileOffers(t *testing.T) []offer {
	with := func(id, want string, change func(m map[string]any), prepare func(t *testing.T, dir string)) offer {
		return offer{landed: landed{supplier: "coa", id: id, files: []dataFile{stayFile(kindRefused, 2000, 3)}, change: change}, want: want, prepare: prepare}
	}
	first := func(key string, value any) func(map[string]any) {
		return func(m map[string]any) { listedFile(m, 0)[key] = value }
	}
	secret := filepath.Join(t.TempDir(), "outside.jsonl")
	if err := os.WriteFile(secret, stayFile(kindRefused, 2000, 3).content, 0o644); err != nil {
		t.Fatal(err)
	}
	all := []offer{
		with("no-file", "file_missing", nil, func(t *testing.T, dir string) { remove(t, dir) }),
		with("a-folder", "file_missing", nil, func(t *testing.T, dir string) {
			remove(t, dir)
			if err := os.Mkdir(filepath.Join(dir, "stay.jsonl"), 0o755); err != nil {
				t.Fatal(err)
			}
		}),
		with("a-link-outside", "file_missing", nil, func(t *testing.T, dir string) {
			remove(t, dir)
			if err := os.Symlink(secret, filepath.Join(dir, "stay.jsonl")); err != nil {
				t.Fatal(err)
			}
		}),
		with("a-link-upwards", "file_missing", nil, func(t *testing.T, dir string) {
			remove(t, dir)
			if err := os.Symlink("../a-good-one/stay.jsonl", filepath.Join(dir, "stay.jsonl")); err != nil {
				t.Fatal(err)
			}
		}),
		with("a-link-to-nothing", "file_missing", nil, func(t *testing.T, dir string) {
			remove(t, dir)
			if err := os.Symlink("nothing", filepath.Join(dir, "stay.jsonl")); err != nil {
				t.Fatal(err)
			}
		}),
		with("a-byte-more", "size_mismatch", first("bytes", len(stayFile(kindRefused, 2000, 3).content)+1), nil),
		with("a-byte-less", "size_mismatch", first("bytes", len(stayFile(kindRefused, 2000, 3).content)-1), nil),
		with("wrong-hash", "hash_mismatch", first("sha256", strings.Repeat("0", 64)), nil),
		with("size-and-hash", "size_mismatch", func(m map[string]any) {
			listedFile(m, 0)["bytes"], listedFile(m, 0)["sha256"] = 1, strings.Repeat("0", 64)
		}, nil),
	}
	return append(append(all, orderOffers()...), gzipOffers(t)...)
}

func remove(t *testing.T, dir string) {
	t.Helper()
	if err := os.Remove(filepath.Join(dir, "stay.jsonl")); err != nil {
		t.Fatal(err)
	}
}

// orderOffers have two bad files: the first of the manifest gives the reason.
func orderOffers() []offer {
	two := func(id, want string, first, second func(f map[string]any)) offer {
		a, b := stayFile(kindRefused, 2100, 2), stayFile(kindRefused, 2200, 2)
		a.name, b.name = "z.jsonl", "a.jsonl"
		return offer{want: want, landed: landed{supplier: "coa", id: id, files: []dataFile{a, b}, change: func(m map[string]any) {
			first(listedFile(m, 0))
			second(listedFile(m, 1))
		}}}
	}
	hash := func(f map[string]any) { f["sha256"] = strings.Repeat("0", 64) }
	gone := func(f map[string]any) { f["name"] = "gone.jsonl" }
	rows := func(f map[string]any) { f["rows"] = 3 }
	return []offer{
		two("hash-then-missing", "hash_mismatch", hash, gone),
		two("missing-then-hash", "file_missing", gone, hash),
		two("rows-then-missing", "row_count_mismatch", rows, gone),
		two("missing-then-rows", "file_missing", gone, rows),
	}
}

func gzipOffers(t *testing.T) []offer {
	lines := string(jsonLines(stays(kindRefused, 2300, 4)))
	half := strings.Index(lines, "\n") + 1
	whole := gzipped(t, lines)
	with := func(id, want string, content []byte) offer {
		return offer{want: want, landed: landed{supplier: "coa", id: id, files: []dataFile{{name: "stay.jsonl.gz", record: "coa_stay", format: "jsonl.gz", content: content, rows: 4}}}}
	}
	good := string(jsonLines(stays(kindGood, 2300, 4)))
	return []offer{
		with("gzip-good", "", gzipped(t, good)),
		with("gzip-members", "", gzipped(t, good[:half], "", good[half:])),
		with("gzip-none", "unreadable_file", []byte(lines)),
		with("gzip-nothing", "unreadable_file", []byte{}),
		with("gzip-broken-off", "unreadable_file", whole[:len(whole)-5]),
		with("gzip-damaged", "unreadable_file", damaged(whole, len(whole)-6)), // in its checksum
		with("gzip-rubbish-behind", "unreadable_file", append(append([]byte{}, whole...), "sentinel"...)),
		with("gzip-zeros-behind", "unreadable_file", append(append([]byte{}, whole...), make([]byte, 512)...)),
		with("gzip-half-a-member-behind", "unreadable_file", append(append([]byte{}, whole...), whole[:12]...)),
	}
}

// damaged flips a byte.
func damaged(content []byte, at int) []byte {
	out := append([]byte{}, content...)
	out[at] ^= 0xff
	return out
}
