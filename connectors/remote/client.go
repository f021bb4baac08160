package remote

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

const (
	// headerLimit is how long the headers of an answer may be.
	headerLimit = 256 << 10
	// headerWait is how long an answer may take to begin.
	headerWait = time.Minute
)

// Options are what clients differ in.
type Options struct {
	// TLS, if set, says which certificates to trust.
	TLS *tls.Config
	// BodyLimit is how long an answer may be; 0 leaves it to who reads it.
	BodyLimit int64
	// Timeout bounds a request and its answer as a whole; 0 leaves that to their context.
	Timeout time.Duration
	// Slow leaves it to the context how long an answer may take to begin: that of a long query may.
	Slow bool
	// Direct uses no proxy and keeps no connection.
	Direct bool
}

// Client makes a client that stays with the server it was sent to and takes the
// bytes as they are: it follows no redirect and unpacks nothing.
func Client(o Options) *http.Client {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	if o.TLS != nil {
		t.TLSClientConfig = o.TLS.Clone()
	}
	t.DisableCompression = true
	t.MaxResponseHeaderBytes = headerLimit
	if !o.Slow {
		t.ResponseHeaderTimeout = headerWait
	}
	if o.Direct {
		t.Proxy, t.DisableKeepAlives = nil, true
	}
	c := &http.Client{Transport: t, Timeout: o.Timeout, CheckRedirect: stay}
	if o.BodyLimit > 0 {
		c.Transport = &limited{t, o.BodyLimit}
	}
	return c
}

// stay has a redirect come out as the answer that it is.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// limited is a transport whose answers end.
type limited struct {
	http.RoundTripper
	most int64
}

// RoundTrip implements http.RoundTripper.
func (l *limited) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := l.RoundTripper.RoundTrip(r)
	if err == nil {
		res.Body = Limit(res.Body, l.most)
	}
	return res, err
}

// CloseIdleConnections lets http.Client reach that of the transport below.
func (l *limited) CloseIdleConnections() {
	if c, ok := l.RoundTripper.(interface{ CloseIdleConnections() }); ok {
		c.CloseIdleConnections()
	}
}

// ErrTooLong says that an answer is longer than it may be.
var ErrTooLong = errors.New("the answer is longer than any should be")

// Limit gives ErrTooLong when a body goes on behind so many bytes.
func Limit(body io.ReadCloser, most int64) io.ReadCloser {
	return &ending{ReadCloser: body, left: most}
}

type ending struct {
	io.ReadCloser
	left int64
}

// Read implements io.Reader.
func (e *ending) Read(p []byte) (int, error) {
	if int64(len(p)) > e.left+1 {
		p = p[:e.left+1]
	}
	n, err := e.ReadCloser.Read(p)
	if e.left -= int64(n); e.left < 0 {
		return n - 1, ErrTooLong
	}
	return n, err
}

// Status says what an answer means that is not the one asked for; nil for 200.
func Status(res *http.Response) error {
	switch code := res.StatusCode; {
	case code == http.StatusOK:
		return nil
	case code >= 300 && code < 400:
		return fmt.Errorf("the server answered %d, a redirect, which is not followed: credentials go to no other address than the one that is set; set the address where it lies now", code)
	}
	return fmt.Errorf("the server answered %d", res.StatusCode)
}

// Passing tells whether an answer may be another one when the request is made again.
func Passing(status int) bool {
	return status == http.StatusRequestTimeout || status == http.StatusTooManyRequests || status >= 500 && status != http.StatusNotImplemented
}

// RetryAfter is how long an answer asks to wait, in seconds or until a date; 0 when it does not say.
func RetryAfter(res *http.Response) time.Duration {
	text := res.Header.Get("Retry-After")
	if seconds, err := strconv.ParseUint(text, 10, 32); err == nil {
		return time.Duration(seconds) * time.Second
	}
	if at, err := http.ParseTime(text); err == nil {
		return max(0, time.Until(at))
	}
	return 0
}
