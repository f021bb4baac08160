package operator

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"doorstroom/cmd/doorstroom/internal/app"
	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/cmd/doorstroom/internal/input"
	"doorstroom/pipelines/erase"
)

// eraseOptions are the flags of erase.
type eraseOptions struct {
	who, why, landing, links string
	dryRun, finish           bool
}

// request refuses what does not go together, and reads whom to erase unless an erasure is only to be completed.
func (o eraseOptions) request(cmd *cobra.Command, a *app.App, args []string) (r erase.Request, err error) {
	r = erase.Request{Links: erase.Links(o.links), Who: o.who, Why: o.why}
	switch {
	case o.landing == "":
		return r, exit.Usage(errors.New("no landing folder: give --landing or set DOORSTROOM_LANDING"))
	case o.links != string(erase.AllLinks) && o.links != string(erase.NewestLinks) && o.links != string(erase.GivenOnly):
		return r, exit.Usage(errors.New("--links is all, newest or given"))
	case o.finish && (len(args) > 0 || o.dryRun):
		return r, exit.Usage(errors.New("--finish takes neither a file nor --dry-run: it goes on with what was begun"))
	case o.finish:
		return r, nil
	case strings.TrimSpace(o.why) == "":
		return r, exit.Usage(errors.New("--why is empty: say on what ground the person is erased"))
	}
	r.Pseudonyms, err = input.Pseudonyms(cmd.InOrStdin(), a.Words(), args)
	return r, err
}
