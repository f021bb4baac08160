package terminal

import (
	"fmt"
	"io"
	"strings"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"

	"doorstroom/cmd/doorstroom/internal/exit"
)

// JSONLog is the format of --log-format for a collector.
const JSONLog = "json"

// NewLog writes to the error stream, as text for people or as JSON for a
// collector. Nothing that identifies a person goes into it.
func NewLog(format, level string, w io.Writer) (*zap.Logger, error) {
	l, err := zapcore.ParseLevel(level)
	if err != nil {
		return nil, exit.Usage(fmt.Errorf("log level %q: use debug, info, warn or error", level))
	}
	config := zap.NewProductionEncoderConfig()
	config.EncodeTime = zapcore.ISO8601TimeEncoder
	var encoder zapcore.Encoder
	switch format {
	case JSONLog:
		encoder = zapcore.NewJSONEncoder(config)
	case "console":
		encoder = zapcore.NewConsoleEncoder(config)
	default:
		return nil, exit.Usage(fmt.Errorf("log format %q: use console or json", format))
	}
	return zap.New(zapcore.NewCore(encoder, zapcore.Lock(zapcore.AddSync(w)), l)), nil
}

// Words is where lines for people go: the error stream, on which a collector
// of JSON gets them as JSON too.
func Words(errOut io.Writer, format string) io.Writer {
	if format != JSONLog {
		return errOut
	}
	return linesOfJSON{jsonLogger(errOut)}
}

// linesOfJSON makes every line written to it one of JSON.
type linesOfJSON struct{ log *zap.Logger }

// Write implements io.Writer.
func (j linesOfJSON) Write(text []byte) (int, error) {
	for line := range strings.Lines(string(text)) {
		j.log.Info(strings.TrimSpace(line))
	}
	return len(text), nil
}

// SayError prints what a command failed on.
func SayError(errOut io.Writer, format string, err error) {
	w := &Visible{Out: errOut}
	if format == JSONLog {
		jsonLogger(w).Error(err.Error())
		return
	}
	// Lines after the first stand apart: a name in an error could pretend to be another message.
	fmt.Fprintln(w, "doorstroom: "+strings.ReplaceAll(err.Error(), "\n", "\n  "))
}

func jsonLogger(w io.Writer) *zap.Logger {
	log, err := NewLog(JSONLog, "info", w)
	if err != nil {
		panic(err) // both are right
	}
	return log
}
