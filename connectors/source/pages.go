package source

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"doorstroom/connectors/decode"
	"doorstroom/connectors/landing"
	"doorstroom/connectors/manifest"
)

const (
	// pagesLimit bounds the pages of one extract: no manifest names more files.
	pagesLimit = 50_000
	// cursorLimit is how long a cursor may be; it travels in an address, which servers cut off at 8 KiB.
	cursorLimit = 4096
)

// pages fetches the pages of a record, from the first that has not landed.
func (p *pull) pages(ctx context.Context, root *os.Root, extract, record string, most int) ([]manifest.File, error) {
	var files []manifest.File
	w := walk{most: most, seen: map[[sha256.Size]byte]bool{}}
	for cursor := ""; ; {
		name := fmt.Sprintf("%s-%06d.json", record, w.pages+1)
		file, page, err := describe(root, name, record)
		if errors.Is(err, fs.ErrNotExist) {
			if err = p.page(ctx, root, extract, record, cursor, name); err == nil {
				file, page, err = describe(root, name, record)
			}
		}
		if err == nil {
			err = w.take(page)
		}
		if errors.Is(err, errCursor) {
			err = &spentError{err}
		}
		if err != nil {
			return nil, fmt.Errorf("page %d: %w", w.pages+1, err)
		}
		files = append(files, file)
		if page.Next == "" {
			return files, nil
		}
		cursor = page.Next
	}
}

// walk goes over the pages of a record and sees to it that they end.
type walk struct {
	// most is how many pages there may be, pages and items how many there were.
	most, pages int
	items       int64
	// seen are the cursors so far. Of a cursor, which is the supplier's, only what tells it from others is kept.
	seen map[[sha256.Size]byte]bool
}

// take holds a page against those before it. What they promise bounds how many
// may come: the total, and how many items the first page has.
func (w *walk) take(page decode.Page) error {
	if page.Items > largestPage {
		return spent("it has %d items, a page may have %d", page.Items, largestPage)
	}
	if w.items += page.Items; w.items > page.Total {
		return spent("the pages give more items than their total of %d; the extract shifted while it was read, or its total is wrong", page.Total)
	}
	if w.pages == 0 && page.Items > 0 {
		// Twice as many as full pages would be, for suppliers whose pages are not.
		full := min(page.Total, pagesLimit*largestPage)/page.Items + 1
		w.most = int(min(int64(w.most), 2*full+8))
	}
	if page.Next == "" {
		w.pages++
		return nil
	}
	switch key := sha256.Sum256([]byte(page.Next)); {
	case page.Items == 0:
		return spent("it has no items and names a next page")
	case len(page.Next) > cursorLimit:
		return spent("its cursor has more than %d bytes", cursorLimit)
	case w.seen[key]:
		return spent("its next page is itself or one before it")
	case w.pages+1 >= w.most:
		return spent("there are more pages than its total of %d needs", page.Total)
	default:
		w.seen[key] = true
	}
	w.pages++
	return nil
}

// page fetches one page and lets it land if it is one.
func (p *pull) page(ctx context.Context, root *os.Root, extract, record, cursor, name string) error {
	return p.get(ctx, []string{"v1", "extracts", extract, record}, pageQuery(p.api.PageSize, cursor), func(body io.Reader) error {
		return land(root, name, body)
	})
}

// describe reads a page that has landed; fs.ErrNotExist if it has not.
func describe(root *os.Root, name, record string) (manifest.File, decode.Page, error) {
	f, err := landing.Open(root, name)
	if err != nil {
		return manifest.File{}, decode.Page{}, err
	}
	defer f.Close()
	hash := sha256.New()
	counted := &countedReader{r: io.TeeReader(f, hash)}
	page, err := decode.ReadPage(counted)
	if err != nil {
		return manifest.File{}, decode.Page{}, fmt.Errorf("%s has landed but is not a page; delete it to have it fetched again: %w", name, err)
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
