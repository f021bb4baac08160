package source

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"go.uber.org/zap"

	"doorstroom/connectors/decode"
	"doorstroom/connectors/manifest"
)

// extract is one entry of /v1/extracts.
type extract struct {
	ID              string           `json:"extract_id"`
	DrawnOn         string           `json:"drawn_on"`
	CoversFrom      string           `json:"covers_from"`
	CoversTo        string           `json:"covers_to"`
	Mode            string           `json:"mode"`
	ContractVersion string           `json:"contract_version"`
	KeyVersion      manifest.Integer `json:"key_version"`
	Synthetic       bool             `json:"synthetic"`
	Records         []struct {
		Record string `json:"record"`
	} `json:"records"`
}

// Names of a supplier become names of folders and files: nothing else may.
var (
	extractID  = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,62}$`)
	recordName = regexp.MustCompile(`^[a-z0-9][a-z0-9_]{0,59}$`)
)

const (
	// pageLimit bounds the pages of one record of one extract.
	pageLimit = 1_000_000
	// listLimit and extractsLimit bound the list of extracts, in bytes and in number.
	listLimit, extractsLimit = 32 << 20, 100_000
)

// Pull lays down every extract that the landing folder does not have yet, oldest
// first. One that fails does not keep the others.
func Pull(ctx context.Context, api API, landing string, log *zap.Logger) error {
	c, err := newClient(ctx, api, log)
	if err != nil {
		return err
	}
	extracts, err := c.extracts(ctx)
	if err != nil {
		return fmt.Errorf("list the extracts: %w", err)
	}
	root, err := os.OpenRoot(landing)
	if err != nil {
		return fmt.Errorf("open the landing folder; make it or name another with --landing: %w", err)
	}
	defer root.Close()
	var failures []error
	for i, e := range extracts {
		if !extractID.MatchString(e.ID) {
			failures = append(failures, fmt.Errorf("extract %d of the list: its id cannot be a delivery_id", i+1))
			continue
		}
		if err := c.pull(ctx, root, e, log); err != nil {
			failures = append(failures, fmt.Errorf("extract %s; run again to go on where it broke off: %w", e.ID, err))
		}
		if ctx.Err() != nil {
			break
		}
	}
	return errors.Join(failures...)
}

func (c *client) extracts(ctx context.Context) (list []extract, err error) {
	err = c.get(ctx, []string{"v1", "extracts"}, nil, func(body io.Reader) error {
		list, err = readExtracts(json.NewDecoder(io.LimitReader(body, listLimit)))
		return err
	})
	return list, err
}

// readExtracts reads a list one by one: a list of nothing, as one value, takes a
// hundred times its bytes.
func readExtracts(d *json.Decoder) (list []extract, err error) {
	bad := errors.New("the list of extracts is not as the interface says")
	if open, err := d.Token(); err != nil || open != json.Delim('[') {
		return nil, bad
	}
	for d.More() {
		var e extract
		if err := d.Decode(&e); err != nil {
			return nil, bad
		}
		if list = append(list, e); len(list) > extractsLimit {
			return nil, fmt.Errorf("the list has more than %d extracts", extractsLimit)
		}
	}
	if _, err := d.Token(); err != nil {
		return nil, bad
	}
	return list, nil
}

// pull fetches the pages that have not landed yet and then writes the manifest.
func (c *client) pull(ctx context.Context, landing *os.Root, e extract, log *zap.Logger) error {
	folder := filepath.Join(c.api.Supplier, e.ID)
	if _, err := landing.Stat(filepath.Join(folder, manifest.Name)); err == nil {
		return nil
	} else if !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("look for its manifest: %w", err)
	}
	root, err := c.folder(landing, e.ID)
	if err != nil {
		return err
	}
	defer root.Close()
	m := manifest.Manifest{
		Supplier: c.api.Supplier, DeliveryID: e.ID, DrawnOn: e.DrawnOn, CoversFrom: e.CoversFrom, CoversTo: e.CoversTo,
		Mode: e.Mode, ContractVersion: e.ContractVersion, KeyVersion: e.KeyVersion, Synthetic: e.Synthetic, Files: []manifest.File{},
	}
	for _, r := range e.Records {
		if !recordName.MatchString(r.Record) {
			return errors.New("it names a record that cannot be one")
		}
		files, err := c.pages(ctx, root, e.ID, r.Record)
		if err != nil {
			return fmt.Errorf("record %s: %w", r.Record, err)
		}
		m.Files = append(m.Files, files...)
	}
	data, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return fmt.Errorf("write its manifest: %w", err)
	}
	if err := land(root, manifest.Name, bytes.NewReader(data)); err != nil {
		return fmt.Errorf("write its manifest: %w", err)
	}
	log.Info("an extract has landed", zap.String("supplier", c.api.Supplier), zap.String("extract", e.ID), zap.Int("pages", len(m.Files)))
	return nil
}

// folder opens the folder of an extract, and marks one that it makes as a copy.
func (c *client) folder(landing *os.Root, id string) (*os.Root, error) {
	if err := landing.MkdirAll(c.api.Supplier, 0o700); err != nil {
		return nil, fmt.Errorf("make the supplier's folder: %w", err)
	}
	supplier, err := landing.OpenRoot(c.api.Supplier)
	if err != nil {
		return nil, fmt.Errorf("open the supplier's folder: %w", err)
	}
	defer supplier.Close()
	if _, err := supplier.Lstat(id); errors.Is(err, fs.ErrNotExist) {
		if err := markCopy(supplier, id); err != nil {
			return nil, err
		}
	}
	if err := supplier.MkdirAll(id, 0o700); err != nil {
		return nil, fmt.Errorf("make its folder: %w", err)
	}
	root, err := supplier.OpenRoot(id)
	if err != nil {
		return nil, fmt.Errorf("open its folder: %w", err)
	}
	return root, nil
}

// pages fetches the pages of a record, from the first that has not landed.
func (c *client) pages(ctx context.Context, root *os.Root, id, record string) ([]manifest.File, error) {
	var files []manifest.File
	cursor, seen := "", map[[sha256.Size]byte]bool{}
	for n := 1; n <= pageLimit; n++ {
		name := fmt.Sprintf("%s-%06d.json", record, n)
		file, page, err := describe(root, name, record)
		if errors.Is(err, fs.ErrNotExist) {
			if err = c.page(ctx, root, id, record, cursor, name); err == nil {
				file, page, err = describe(root, name, record)
			}
		}
		if err != nil {
			return nil, fmt.Errorf("page %d: %w", n, err)
		}
		files = append(files, file)
		if page.Next == "" {
			return files, nil
		}
		// Of a cursor, which is the supplier's, only what tells it from others is kept.
		key := sha256.Sum256([]byte(page.Next))
		if seen[key] {
			return nil, fmt.Errorf("page %d: its next page is itself or one before it", n)
		}
		seen[key], cursor = true, page.Next
	}
	return nil, fmt.Errorf("more than %d pages", pageLimit)
}

// page fetches one page and lets it land if it is one.
func (c *client) page(ctx context.Context, root *os.Root, id, record, cursor, name string) error {
	return c.get(ctx, []string{"v1", "extracts", id, record}, pageQuery(c.api.PageSize, cursor), func(body io.Reader) error {
		return land(root, name, body)
	})
}

// describe reads a page that has landed; fs.ErrNotExist if it has not.
func describe(root *os.Root, name, record string) (manifest.File, decode.Page, error) {
	f, err := root.Open(name)
	if err != nil {
		return manifest.File{}, decode.Page{}, err
	}
	defer f.Close()
	hash := sha256.New()
	counted := &countedReader{r: io.TeeReader(f, hash)}
	page, err := decode.ReadPage(counted)
	if err != nil {
		return manifest.File{}, decode.Page{}, fmt.Errorf("%s has landed but is no page; delete it to have it fetched again: %w", name, err)
	}
	return manifest.File{
		Name: name, Record: record, Format: decode.JSON.Name, Rows: manifest.Integer(page.Items),
		Bytes: manifest.Integer(counted.n), SHA256: hex.EncodeToString(hash.Sum(nil)),
	}, page, nil
}

type countedReader struct {
	r io.Reader
	n int64
}

func (c *countedReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}
