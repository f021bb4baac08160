package edition

import (
	"context"
	"fmt"
	"time"

	"doorstroom/pipelines/warehouse"
)

// A clock may jump back, by an operator or by the machine that a server moved to. What is younger is therefore told by
// stamps that grow in any case, not by the clock alone.

// nextBuild gives a number for a build that is beyond that of every build and decision there is: the moment, in
// microseconds since 1970, unless the clock went back.
func nextBuild(ctx context.Context, db *warehouse.DB) (uint64, error) {
	var build uint64
	var decided int64
	err := db.QueryRow(ctx, "SELECT (SELECT max(build) FROM ops.build), (SELECT toUnixTimestamp64Micro(max(decided_at)) FROM ops.delivery)").Scan(&build, &decided)
	if err != nil {
		return 0, fmt.Errorf("numbering the build: %w", err)
	}
	return max(uint64(time.Now().UnixMicro()), build+1, uint64(max(decided, 0))), nil
}
