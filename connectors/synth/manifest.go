package synth

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
)

// manifest is the manifest.json of contract 1.
type manifest struct {
	Supplier   string         `json:"supplier"`
	Codes      []string       `json:"municipality_codes,omitempty"`
	DeliveryID string         `json:"delivery_id"`
	DrawnOn    string         `json:"drawn_on"`
	CoversFrom string         `json:"covers_from"`
	CoversTo   string         `json:"covers_to"`
	Mode       string         `json:"mode"`
	Contract   string         `json:"contract_version"`
	KeyVersion int            `json:"key_version"`
	Synthetic  bool           `json:"synthetic"`
	Files      []manifestFile `json:"files"`
}

type manifestFile struct {
	Name    string        `json:"name"`
	Record  string        `json:"record"`
	Format  string        `json:"format"`
	Bytes   int64         `json:"bytes"`
	SHA256  string        `json:"sha256"`
	Rows    int64         `json:"rows"`
	Control *controlTotal `json:"control_total,omitempty"`
}

type controlTotal struct {
	Column string `json:"column"`
	Sum    string `json:"sum"`
}

// writeManifest ends a delivery.
func (d *delivery) writeManifest(dir string) error {
	m := manifest{
		Supplier: d.supplier, Codes: d.codes, DeliveryID: d.id, DrawnOn: d.drawn.ISO(), CoversFrom: d.coversFrom.ISO(), CoversTo: d.coversTo.ISO(),
		Mode: "mutation", Contract: "1.0", KeyVersion: 1, Synthetic: true,
	}
	if d.full {
		m.Mode = "full"
	}
	for _, f := range d.files {
		parts, err := f.finish()
		if err != nil {
			return err
		}
		for _, p := range parts {
			m.Files = append(m.Files, manifestEntry(p))
		}
	}
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return fmt.Errorf("write the manifest of %s: %w", d.id, err)
	}
	// Under another name first: a manifest that is there is whole.
	part := filepath.Join(dir, "manifest.json.part")
	if err := os.WriteFile(part, append(text, '\n'), 0o600); err != nil {
		return fmt.Errorf("write the manifest of %s: %w", d.id, err)
	}
	if err := os.Rename(part, filepath.Join(dir, "manifest.json")); err != nil {
		return fmt.Errorf("write the manifest of %s: %w", d.id, err)
	}
	return nil
}

func manifestEntry(p finished) manifestFile {
	e := manifestFile{Name: p.name, Record: p.record, Format: p.format, Bytes: p.bytes, SHA256: p.sha256, Rows: p.rows}
	if p.column != "" {
		e.Control = &controlTotal{p.column, strconv.FormatInt(p.total, 10)}
	}
	return e
}

// copyFiles repeats the files of another delivery in this one.
func (d *delivery) copyFiles(from, to string) error {
	for _, f := range d.resends.files {
		if err := copyFile(filepath.Join(from, f.name), filepath.Join(to, f.name)); err != nil {
			return fmt.Errorf("repeat delivery %s as %s: %w", d.resends.id, d.id, err)
		}
	}
	d.files = d.resends.files
	return nil
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		out.Close()
		return err
	}
	return out.Close()
}
