//go:build !linux

package connectors

import (
	"os"
	"time"
)

// changedAt tells when a file was last written to.
func changedAt(info os.FileInfo) time.Time { return info.ModTime() }
