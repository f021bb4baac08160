package source

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"strings"

	"doorstroom/connectors/remote"
)

// webStore is a folder that a web server gives over HTTPS, as static files.
// Beside the deliveries it holds index.json, which names them:
//
//	{"deliveries": ["coa-2026-01-05", "coa-2026-02-02"]}
//
// A delivery that is named there may still lack its manifest.
type webStore struct {
	base         *url.URL
	user, secret string
	http         *http.Client
}

// indexLimit is how long index.json may be: some 100,000 names.
const indexLimit = 8 << 20

func newWeb(f Folder) (*webStore, error) {
	base, err := remote.Base(f.URL, f.AllowClearText)
	if err != nil {
		return nil, err
	}
	return &webStore{base: base, user: f.User, secret: f.Secret, http: remote.Client(remote.Options{TLS: f.TLS})}, nil
}

// list implements store.
func (w *webStore) list(ctx context.Context) ([]string, error) {
	body, err := w.get(ctx, w.base.JoinPath("index.json"), 0)
	if err != nil {
		return nil, err
	}
	defer body.Close()
	from := &bodyReader{r: remote.Limit(body, indexLimit)}
	names, err := readIndex(json.NewDecoder(from))
	switch {
	case errors.Is(from.err, remote.ErrTooLong):
		return nil, errManyNames
	case from.err != nil:
		return nil, fmt.Errorf("index.json broke off: %w", from.err)
	}
	return names, err
}

// open implements store.
func (w *webStore) open(ctx context.Context, id, name string, from int64) (io.ReadCloser, error) {
	return w.get(ctx, w.base.JoinPath(id, name), from)
}

func (w *webStore) get(ctx context.Context, u *url.URL, from int64) (io.ReadCloser, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, &hopeless{errors.New("the address of a request cannot be made")}
	}
	switch {
	case w.user != "":
		req.SetBasicAuth(w.user, w.secret)
	case w.secret != "":
		req.Header.Set("Authorization", "Bearer "+w.secret)
	}
	if from > 0 {
		req.Header.Set("Range", fmt.Sprintf("bytes=%d-", from))
	}
	res, err := w.http.Do(req)
	if err != nil {
		return nil, untrusted(withoutURL(err))
	}
	body, err := answer(res, from)
	if err != nil {
		res.Body.Close()
	}
	return body, err
}

// answer gives the body from a byte on, or what the status means.
func answer(res *http.Response, from int64) (io.ReadCloser, error) {
	switch {
	case res.StatusCode == http.StatusPartialContent && strings.HasPrefix(res.Header.Get("Content-Range"), fmt.Sprintf("bytes %d-", from)):
		return res.Body, nil
	case res.StatusCode == http.StatusOK && from == 0:
		return res.Body, nil
	case res.StatusCode == http.StatusOK:
		// A server that knows no ranges begins at the first byte.
		return &skipped{ReadCloser: res.Body, skip: from}, nil
	case res.StatusCode == http.StatusRequestedRangeNotSatisfiable && from > 0:
		return nil, errBeyond
	}
	return nil, status(res)
}

// skipped is a body whose first bytes are not wanted.
type skipped struct {
	io.ReadCloser
	skip int64
}

// Read implements io.Reader. While it skips it gives no bytes and no error.
func (s *skipped) Read(p []byte) (int, error) {
	if s.skip == 0 {
		return s.ReadCloser.Read(p)
	}
	n, err := s.ReadCloser.Read(p[:min(int64(len(p)), s.skip)])
	s.skip -= int64(n)
	if err == io.EOF && s.skip > 0 {
		err = errBeyond
	}
	return 0, err
}

// close implements store.
func (w *webStore) close() { w.http.CloseIdleConnections() }

func status(res *http.Response) error {
	err := remote.Status(res)
	switch code := res.StatusCode; {
	case code == http.StatusNotFound || code == http.StatusGone:
		return fs.ErrNotExist
	case code == http.StatusUnauthorized || code == http.StatusForbidden:
		return &hopeless{fmt.Errorf("%w; check USER and SECRET", err)}
	case remote.Passing(code):
		return &later{err, remote.RetryAfter(res)}
	}
	return &hopeless{err}
}

// untrusted tells a server that the certificates do not vouch for.
func untrusted(err error) error {
	var invalid *tls.CertificateVerificationError
	if errors.As(err, &invalid) {
		return &hopeless{fmt.Errorf("the server's certificate is not trusted; CA names a file with the right authority: %w", err)}
	}
	return err
}
