package publish

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/twmb/franz-go/pkg/sr"
	"go.uber.org/zap"

	"doorstroom/schemas"
)

// TestTheRegistryIsNotBlamed for what was given up because of something else, such as a message that Kafka refuses.
func TestTheRegistryIsNotBlamed(t *testing.T) {
	registry, err := sr.NewClient(sr.URLs("http://127.0.0.1:1"))
	if err != nil {
		t.Fatal(err)
	}
	p := New(Options{Registry: registry, Log: zap.NewNop()})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.frame(ctx, schemas.Records[0]); !errors.Is(err, context.Canceled) || strings.Contains(err.Error(), "reachable") {
		t.Errorf("it is %v", err)
	}
	if _, err := p.frame(t.Context(), schemas.Records[0]); err == nil || !strings.Contains(err.Error(), "reachable") {
		t.Errorf("a registry that is away gives %v", err)
	}
}
