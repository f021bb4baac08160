package embedded

import (
	"os"
	"testing"

	"go.uber.org/zap"
	"go.uber.org/zap/zaptest"
)

// TestMain lets this test binary be the ClickHouse process, or one of the processes that a test kills.
func TestMain(m *testing.M) {
	RunChildIfAsked()
	if len(os.Args) > 1 && os.Args[1] == victimCommand {
		victim(os.Args[2:])
	}
	os.Exit(m.Run())
}

func testOptions(t *testing.T, dir string) Options {
	t.Helper()
	return Options{Dir: dir, LibPath: libCHDB(t), MaxMemory: 1 << 30, Log: testLog(t)}
}

func testLog(t *testing.T) *zap.Logger {
	t.Helper()
	return zaptest.NewLogger(t)
}

// libCHDB is the library as doorstroom itself finds it.
func libCHDB(t *testing.T) string {
	t.Helper()
	tools, err := FindTools(os.Getenv("DOORSTROOM_LIBCHDB"), "")
	if err != nil {
		t.Fatal(err)
	}
	if tools.LibCHDB == "" {
		t.Fatal(ErrNoLibrary)
	}
	return tools.LibCHDB
}
