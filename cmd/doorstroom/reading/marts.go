package reading

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"doorstroom/cmd/doorstroom/internal/app"
	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/docs/marts"
)

func newMarts(a *app.App) *cobra.Command {
	return &cobra.Command{
		Use:   "marts [NAME]",
		Short: "List the marts and the question that each answers, or tell all about one",
		Long: `Lists the marts of this version with the question that each answers. With NAME it
prints the page of one: what a row is, what to look out for, an example and every
column. It reads no warehouse; docs/marts has the same pages.`,
		Example:           "  doorstroom marts\n  doorstroom marts waiting_time",
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: cobra.FixedCompletions(marts.Names(), cobra.ShellCompDirectiveNoFileComp),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return listMarts(a)
			}
			page, ok := marts.Page(args[0])
			if !ok {
				return exit.Usage(fmt.Errorf("no mart %q: they are %s", args[0], strings.Join(marts.Names(), ", ")))
			}
			_, err := fmt.Fprint(a.Out, page)
			return err
		},
	}
}

func listMarts(a *app.App) error {
	w := tabwriter.NewWriter(a.Out, 0, 0, 2, ' ', 0)
	for _, name := range marts.Names() {
		question, err := marts.Question(name)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%s\t%s\n", name, question)
	}
	return w.Flush()
}
