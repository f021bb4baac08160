package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

// jsonLog is the format of --log-format for a collector.
const jsonLog = "json"

// newLog writes to the error stream, as text for people or as JSON for a
// collector. Nothing that identifies a person goes into it.
func newLog(format, level string, w io.Writer) (*zap.Logger, error) {
	l, err := zapcore.ParseLevel(level)
	if err != nil {
		return nil, usage(fmt.Errorf("log level %q: use debug, info, warn or error", level))
	}
	config := zap.NewProductionEncoderConfig()
	config.EncodeTime = zapcore.ISO8601TimeEncoder
	var encoder zapcore.Encoder
	switch format {
	case jsonLog:
		encoder = zapcore.NewJSONEncoder(config)
	case "console":
		encoder = zapcore.NewConsoleEncoder(config)
	default:
		return nil, usage(fmt.Errorf("log format %q: use console or json", format))
	}
	return zap.New(zapcore.NewCore(encoder, zapcore.Lock(zapcore.AddSync(w)), l)), nil
}

// words is where lines for people go: the error stream, on which a collector
// of JSON gets them as JSON too.
func (a *app) words() io.Writer {
	if a.settings.LogFormat != jsonLog {
		return a.err
	}
	return linesOfJSON{jsonLogger(a.err)}
}

// linesOfJSON makes every line written to it one of JSON.
type linesOfJSON struct{ log *zap.Logger }

func (j linesOfJSON) Write(text []byte) (int, error) {
	for line := range strings.Lines(string(text)) {
		j.log.Info(strings.TrimSpace(line))
	}
	return len(text), nil
}

// sayError prints what a command failed on.
func sayError(root *cobra.Command, err error) {
	format, _ := root.PersistentFlags().GetString("log-format") // the flag is there
	if format == "" {
		format = os.Getenv("DOORSTROOM_LOG_FORMAT")
	}
	if format == jsonLog {
		jsonLogger(&visible{out: root.ErrOrStderr()}).Error(err.Error())
		return
	}
	// Lines after the first stand apart: a name in an error could pretend to be another message.
	fmt.Fprintln(&visible{out: root.ErrOrStderr()}, "doorstroom: "+strings.ReplaceAll(err.Error(), "\n", "\n  "))
}

func jsonLogger(w io.Writer) *zap.Logger {
	log, err := newLog(jsonLog, "info", w)
	if err != nil {
		panic(err) // both are right
	}
	return log
}
