package source

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"math"
	"os"

	"doorstroom/connectors/manifest"
)

// copy brings one file into the part and holds it against the manifest.
func (b *fetch) copy(ctx context.Context, p *part, id string, f manifest.File) error {
	if p.has(f.Name) {
		return nil
	}
	err := b.patience.do(ctx, func() (bool, error) { return b.further(ctx, p, id, f) })
	if errors.Is(err, fs.ErrNotExist) {
		return p.settled(f.Name, "nothing")
	}
	return err
}

// further copies a file from where it broke off and tells whether enough came to go on.
func (b *fetch) further(ctx context.Context, p *part, id string, f manifest.File) (bool, error) {
	out, err := p.root.OpenFile(pendingFile+f.Name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return false, local("write a file; is the landing folder writable", err)
	}
	defer out.Close()
	hash := sha256.New()
	began, err := io.Copy(hash, out)
	if err != nil {
		return false, local("read back what has come of a file", err)
	}
	want := int64(f.Bytes)
	came, err := b.append(ctx, io.MultiWriter(out, hash), id, f.Name, began, want)
	if err != nil && !errors.Is(err, errBeyond) {
		return came >= enough, err
	}
	digest := hex.EncodeToString(hash.Sum(nil))
	if began+came != want || digest != f.SHA256 || errors.Is(err, errBeyond) {
		return b.differs(p, f.Name, digest, began, out)
	}
	if err := out.Sync(); err != nil {
		return false, local("make sure of a file", err)
	}
	return true, p.finish(f.Name)
}

// append writes the bytes of a file from one on, and one more than there should
// be if there is one: nothing else is read of a file that has grown.
func (b *fetch) append(ctx context.Context, out io.Writer, id, name string, from, want int64) (int64, error) {
	if from >= want {
		return 0, nil
	}
	body, err := b.open(ctx, id, name, from)
	if err != nil {
		return 0, err
	}
	defer body.Close()
	remote := &bodyReader{r: body}
	most := want - from
	if most < math.MaxInt64 {
		most++
	}
	n, err := io.Copy(out, io.LimitReader(remote, most))
	if err != nil && remote.err == nil {
		err = local("write a file; is the disk full", err)
	}
	return n, err
}

// differs deals with a file that came to its end and is another than the
// manifest says. If it was put together from two visits, that may be why, and it
// is copied again; else it waits for the next run, and lands if it is the same then.
func (b *fetch) differs(p *part, name, digest string, began int64, out *os.File) (bool, error) {
	if began == 0 {
		if err := p.settled(name, digest); err == nil {
			return false, errors.Join(out.Sync(), p.finish(name))
		} else if !errors.Is(err, errUnsettled) {
			return false, err
		}
	}
	if err := p.root.Remove(pendingFile + name); err != nil {
		return false, local("take away a file", err)
	}
	if began > 0 {
		return false, errors.New("a file changed while it was copied")
	}
	return false, errUnsettled
}

// open opens a file that is given up when it stalls.
func (b *fetch) open(ctx context.Context, id, name string, from int64) (io.ReadCloser, error) {
	return watch(ctx, b.folder.Stall, func(ctx context.Context) (io.ReadCloser, error) { return b.store.open(ctx, id, name, from) })
}
