package source

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"go.uber.org/zap"

	"doorstroom/connectors/landing"
	"doorstroom/connectors/manifest"
)

// Pull lays down every extract that the landing folder does not have yet, oldest
// first. One that fails does not keep the others. An extract is fetched once at
// most, whatever comes of it.
func Pull(ctx context.Context, api API, dir string, log *zap.Logger) error {
	c, err := newClient(ctx, api, log)
	if err != nil {
		return err
	}
	defer c.http.CloseIdleConnections()
	extracts, err := c.extracts(ctx)
	if err != nil {
		return fmt.Errorf("list the extracts: %w", err)
	}
	root, err := landing.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("open the landing folder; make it or name another with --landing: %w", err)
	}
	defer root.Close()
	supplier, err := supplierFolder(root, api.Supplier)
	if err != nil {
		return err
	}
	defer supplier.Close()
	p := &pull{client: c, landing: supplier, listed: map[string]bool{}, log: log}
	for _, e := range extracts {
		p.listed[e.ID] = true
	}
	return p.all(ctx, extracts)
}

// supplierFolder opens the folder of a supplier, and makes it if need be.
func supplierFolder(root *os.Root, supplier string) (*os.Root, error) {
	if err := root.MkdirAll(supplier, 0o700); err != nil {
		return nil, fmt.Errorf("make the supplier's landing folder: %w", err)
	}
	below, err := landing.Below(root, supplier)
	if err != nil {
		return nil, fmt.Errorf("open the supplier's landing folder: %w", err)
	}
	return below, nil
}

// pull is one visit to an interface.
type pull struct {
	*client
	landing *os.Root // of the supplier
	// listed are the ids in the supplier's list.
	listed map[string]bool
	log    *zap.Logger
}

// all fetches one extract after another.
func (p *pull) all(ctx context.Context, extracts []extract) error {
	var failures []error
	seen := map[string]bool{}
	for i, e := range extracts {
		switch {
		case !extractID.MatchString(e.ID):
			failures = append(failures, fmt.Errorf("extract %d of the list: its id cannot be a delivery_id", i+1))
			continue
		case seen[e.ID]:
			failures = append(failures, fmt.Errorf("extract %s: the list has it twice", e.ID))
			continue
		}
		seen[e.ID] = true
		if err := p.extract(ctx, e); err != nil {
			failures = append(failures, fmt.Errorf("extract %s; %s: %w", e.ID, whatNext(err), err))
		}
		if ctx.Err() != nil {
			break
		}
	}
	return errors.Join(failures...)
}

// whatNext tells what the next run does about a failure.
func whatNext(err error) string {
	var ended *endedError
	if errors.As(err, &ended) {
		return "run again to start it again, as " + ended.next
	}
	return "run again to go on where it broke off"
}

// extract fetches an extract, unless it is there.
func (p *pull) extract(ctx context.Context, e extract) error {
	id, err := p.deliveryID(e.ID)
	if err != nil || id == "" {
		return err
	}
	if fault := e.fault(); fault != "" {
		return errors.New(fault)
	}
	root, err := p.folder(id)
	if err != nil {
		return err
	}
	defer root.Close()
	err = p.fetch(ctx, root, e, id)
	var spent *spentError
	if !errors.As(err, &spent) {
		return err
	}
	next, markErr := p.end(root, e.ID, id)
	if markErr != nil {
		return errors.Join(err, markErr)
	}
	return &endedError{err, next}
}

// folder opens the folder of a delivery, and marks one that it makes as a copy.
func (p *pull) folder(id string) (*os.Root, error) {
	if _, err := p.landing.Lstat(id); landing.Outside(err) {
		if err := markCopy(p.landing, id); err != nil {
			return nil, err
		}
	}
	if err := p.landing.MkdirAll(id, 0o700); err != nil {
		return nil, fmt.Errorf("make its folder: %w", err)
	}
	root, err := landing.Below(p.landing, id)
	if err != nil {
		return nil, fmt.Errorf("open its folder: %w", err)
	}
	return root, nil
}

// fetch fetches the pages that have not landed yet and then writes the manifest.
func (p *pull) fetch(ctx context.Context, root *os.Root, e extract, id string) error {
	m := manifest.Manifest{
		Supplier: p.api.Supplier, DeliveryID: id, DrawnOn: e.DrawnOn, CoversFrom: e.CoversFrom, CoversTo: e.CoversTo,
		Mode: e.Mode, ContractVersion: e.ContractVersion, KeyVersion: e.KeyVersion, Synthetic: e.Synthetic, Files: []manifest.File{},
	}
	for _, r := range e.Records {
		files, err := p.pages(ctx, root, e.ID, r.Record, pagesLimit-len(m.Files))
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
	p.log.Info("an extract has landed", zap.String("supplier", p.api.Supplier), zap.String("delivery", id), zap.Int("pages", len(m.Files)))
	return nil
}
