package kafka

import (
	"context"
	"errors"
	"time"

	"github.com/segmentio/kafka-go"
	"github.com/sethvargo/go-retry"
	"go.uber.org/zap"

	"doorstroom/pipelines/warehouse"
)

// brokerPatience is how long a broker may take to be there again, such as one that restarts or whose work another takes over.
const brokerPatience = 5 * time.Second

// again tries while the broker is away or gives an answer that another try may change, at most for brokerPatience.
func again(ctx context.Context, try func(context.Context) error) error {
	backoff := retry.WithMaxDuration(brokerPatience, retry.NewConstant(200*time.Millisecond))
	return retry.Do(ctx, backoff, func(ctx context.Context) error {
		err := try(ctx)
		if Away(err) {
			return retry.RetryableError(err)
		}
		return err
	})
}

// Away tells an error of the way to Kafka or the warehouse, and an answer of a broker that another try may change.
func Away(err error) bool {
	var code kafka.Error
	return errors.As(err, &code) && (code.Temporary() || code.Timeout()) || warehouse.Away(err)
}

// Patience tries again for so long while Kafka or the warehouse is away; 0 is one try.
func Patience(long time.Duration, log *zap.Logger) warehouse.Patience {
	if long == 0 {
		long = -1
	}
	return warehouse.Patience{For: long, Away: Away, Log: log}
}
