package edition

import (
	"context"
	"fmt"
)

// closeAbandoned closes builds that a killed process left open. Their slices
// may still be on the topic; the tables that those would read are dropped next.
func (f *Builder) closeAbandoned(ctx context.Context) error {
	err := f.config.Warehouse.Exec(ctx, "INSERT INTO ops.build (build, edition, started_at, status, written_at) "+
		"SELECT build, edition, started_at, 'closed', greatest(now64(6), written_at + INTERVAL 1 MICROSECOND) FROM ops.build FINAL WHERE status = 'open'")
	if err != nil {
		return fmt.Errorf("closing builds that were broken off: %w", err)
	}
	return nil
}
