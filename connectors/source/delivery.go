package source

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"go.uber.org/zap"

	"doorstroom/connectors/landing"
	"doorstroom/connectors/manifest"
	"doorstroom/schemas"
)

// errUnsettled says that a delivery is not as its manifest says, which may be
// because it is still being written.
var errUnsettled = errors.New("not as its manifest says")

// delivery brings one delivery into the landing folder, unless it is there, is
// not ready, or needs not come any more.
func (b *fetch) delivery(ctx context.Context, id string) error {
	data, err := b.manifest(ctx, id)
	if errors.Is(err, fs.ErrNotExist) {
		b.log.Debug("a folder without a manifest is left alone", zap.String("delivery", id))
		return nil
	}
	if err != nil {
		return fmt.Errorf("its manifest: %w", err)
	}
	digest := manifest.SHA256(data)
	if b.folder.Decided != nil && b.folder.Decided(id, digest) {
		return nil
	}
	standing, err := b.standing(id)
	if err != nil || bytes.Equal(standing, data) {
		return err
	}
	p, err := openPart(b.landing, id, data)
	if err != nil {
		return err
	}
	defer p.root.Close()
	if !json.Valid(data) {
		if err := p.settled(manifest.Name, digest); err != nil {
			return err
		}
	}
	files := b.files(id, data)
	if err := b.copyAll(ctx, p, id, files); err != nil {
		return err
	}
	if err := p.place(standing); err != nil {
		return err
	}
	b.log.Info("a delivery has landed", zap.String("delivery", id), zap.Int("files", len(files)))
	return nil
}

// manifest reads the manifest of a delivery; fs.ErrNotExist without one. Of one
// that is too long only so much as to be refused for it.
func (b *fetch) manifest(ctx context.Context, id string) (data []byte, err error) {
	err = b.patience.do(ctx, func() (bool, error) {
		body, err := b.open(ctx, id, manifest.Name, 0)
		if err != nil {
			return false, err
		}
		defer body.Close()
		data, err = io.ReadAll(io.LimitReader(body, manifest.Limit+1))
		return false, err
	})
	return data, err
}

// standing is the manifest of a delivery of this id that has landed before, nil without one.
func (b *fetch) standing(id string) ([]byte, error) {
	if _, err := b.landing.Lstat(id); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	data, err := landing.Read(b.landing, id+"/"+manifest.Name, manifest.Limit)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &hopeless{errors.New("the landing folder has a folder of its name without a manifest; complete it or move it away")}
	}
	if err != nil {
		return nil, &hopeless{fmt.Errorf("read the manifest in the landing folder: %w", err)}
	}
	return data, nil
}

// files are those that a manifest names; none of one that is invalid, because
// its delivery is refused before a file is looked at.
func (b *fetch) files(id string, data []byte) []manifest.File {
	m, refusal := manifest.Parse(data, manifest.Rules{Supplier: b.folder.Supplier, DeliveryID: id, Formats: b.folder.Formats})
	if refusal != nil && refusal.Reason == schemas.ManifestInvalid {
		return nil
	}
	return m.Files
}

// copyAll copies what has not been copied yet. Files that are not as the
// manifest says do not keep the others.
func (b *fetch) copyAll(ctx context.Context, p *part, id string, files []manifest.File) error {
	var unsettled error
	for i, f := range files {
		err := b.copy(ctx, p, id, f)
		if errors.Is(err, errUnsettled) {
			unsettled = err
			continue
		}
		if err != nil {
			return fmt.Errorf("file %d of its manifest: %w", i+1, err)
		}
	}
	return unsettled
}
