package engines

import (
	"context"
	"fmt"
	"time"

	"go.uber.org/zap"

	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/cmd/doorstroom/internal/settings"
)

// With opens what is needed, runs f and closes it again. Its errors are explained.
func With(ctx context.Context, s *settings.Settings, log *zap.Logger, n Needs, f func(context.Context, *Engines) error) (err error) {
	e := New(s, log)
	e.needs = n
	defer func(asked context.Context) {
		e.Close()
		err = Explain(asked, s, err)
	}(ctx)
	if err := e.open(ctx); err != nil {
		return exit.Environment(err)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	if e.died != nil {
		go func() {
			select {
			case <-e.died:
				cancel(e.cause())
			case <-ctx.Done():
			}
		}()
	}
	err = f(ctx, e)
	if cause := e.deathCause(); err != nil && cause != nil {
		return exit.Environment(fmt.Errorf("%w; run the command again, it goes on where this one stopped (what failed then: %w)", cause, err))
	}
	return err
}

func (e *Engines) open(ctx context.Context) error {
	if err := e.FindTools(); err != nil {
		return err
	}
	if err := e.lockOrGoThrough(ctx); err != nil {
		return err
	}
	if e.needs.Kafka {
		if err := e.OpenBrokers(); err != nil {
			return err
		}
		if err := e.OpenRegistry(); err != nil {
			return err
		}
	}
	if err := e.openWarehouse(ctx); err != nil {
		return err
	}
	return e.share()
}

// deathCause is why the embedded ClickHouse is gone, nil while it lives.
func (e *Engines) deathCause() error {
	if e.died == nil {
		return nil
	}
	select {
	case <-e.died:
		return e.cause()
	case <-time.After(200 * time.Millisecond):
		return nil
	}
}
