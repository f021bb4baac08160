package backups

import (
	"context"
	"io"
)

// teller passes on what is written until ctx is over, and tells how much it was.
type teller struct {
	ctx         context.Context
	to          io.Writer
	done, total int64
	tell        func(done, total int64)
}

// Write implements io.Writer.
func (t *teller) Write(p []byte) (int, error) {
	if err := context.Cause(t.ctx); err != nil {
		return 0, err
	}
	n, err := t.to.Write(p)
	t.done += int64(n)
	t.tell(t.done, max(t.total, t.done))
	return n, err
}
