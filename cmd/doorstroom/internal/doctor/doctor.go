// Package doctor looks at the parts that a run needs, one by one and as the run will use them, and says of each that is
// missing what to do. It changes nothing.
package doctor

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"go.uber.org/zap"

	"doorstroom/cmd/doorstroom/internal/engines"
	"doorstroom/cmd/doorstroom/internal/settings"
	"doorstroom/deploy/embedded"
	"doorstroom/pipelines/marts"
)

// Report takes what was found of a part; err says what is missing and what to do.
type Report func(name, found string, err error)

// doctor is one look at everything.
type doctor struct {
	settings *settings.Settings
	engines  *engines.Engines
	report   Report
}

// Look reports on every part.
func Look(ctx context.Context, s *settings.Settings, log *zap.Logger, report Report) {
	d := &doctor{settings: s, engines: engines.New(s, log), report: report}
	defer d.engines.Close()
	d.tools(ctx)
	d.clearText()
	d.landing()
	d.interfaces(ctx)
	d.folders(ctx)
	d.servers(ctx)
}

func (d *doctor) tools(ctx context.Context) {
	tools, err := embedded.FindTools(d.settings.LibCHDB, d.settings.DBT)
	found := tools.LibCHDB
	switch {
	case d.settings.ClickHouseAddr != "":
		found, err = "not needed, DOORSTROOM_CLICKHOUSE_ADDR is set", nil
	case found == "":
		err = errors.Join(err, embedded.ErrNoLibrary)
	default:
		err = nil
	}
	d.report("ClickHouse's engine (libchdb)", found, err)
	d.report("dbt", tools.DBT, (&marts.DBT{Program: tools.DBT}).Runs(ctx))
}

func (d *doctor) clearText() {
	found, err := d.settings.ClearText()
	d.report("clear text", found, err)
}

func (d *doctor) landing() {
	found := d.settings.Landing
	if found == "" {
		d.report("landing folder", "not set (DOORSTROOM_LANDING or run --landing)", nil)
		return
	}
	_, err := os.ReadDir(found)
	if err != nil {
		err = fmt.Errorf("%w; set DOORSTROOM_LANDING to a folder that can be read", err)
	}
	d.report("landing folder", found, err)
}

// lookTimeout bounds what doctor waits for one supplier.
const lookTimeout = 30 * time.Second

// interfaces are the suppliers' interfaces.
func (d *doctor) interfaces(ctx context.Context) {
	apis, err := d.settings.Interfaces()
	if err != nil {
		d.report("settings of the suppliers' interfaces", "", err)
		return
	}
	for _, api := range apis {
		ctx, cancel := context.WithTimeout(ctx, lookTimeout)
		d.report(strings.ToUpper(api.Supplier)+"'s extract service", api.BaseURL, api.Look(ctx))
		cancel()
	}
}

// folders are the suppliers' folders elsewhere.
func (d *doctor) folders(ctx context.Context) {
	folders, err := d.settings.FoldersElsewhere()
	if err != nil {
		d.report("settings of the suppliers' folders", "", err)
		return
	}
	for _, f := range folders {
		ctx, cancel := context.WithTimeout(ctx, lookTimeout)
		n, err := f.Look(ctx)
		cancel()
		d.report("folder of "+f.Supplier, fmt.Sprintf("%s, %d deliveries", f.URL, n), err)
	}
}
