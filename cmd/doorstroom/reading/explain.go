package reading

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"doorstroom/cmd/doorstroom/internal/app"
	"doorstroom/cmd/doorstroom/internal/engines"
	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/cmd/doorstroom/internal/input"
	"doorstroom/pipelines/lineage"
	"doorstroom/schemas"
)

func newExplain(a *app.App) *cobra.Command {
	var edition string
	cmd := &cobra.Command{
		Use:   "explain [FILE]",
		Short: "Tell where every fact of one person came from (person data)",
		Long: `Reads a person_id, as in facts.person, from FILE or, without it, from standard
input: v or b and the 26 characters. Never from the command line, which others can
see and shells remember; on a terminal nothing is shown while you type.

Prints the person's route in an edition as a timeline: milestones, runs of months
with one status, spells and jobs, each with the record, delivery, file and row
that it came from, the sha256 of the file, and the rows that lost and why.

An edition that another version of the program made cannot be traced: the command
then says so and fails (exit code 1). Building the edition again puts that right; a released
edition is not built again, and its numbers stay without a trace. Files of a delivery
that was withdrawn since are marked.

The output is person data: it stays inside the walls.`,
		Example: `  doorstroom explain --edition 2026-06-30 < person.txt
  doorstroom explain --edition 2026-06-30 person.txt`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return explainPerson(a, cmd, args, edition) },
	}
	cmd.Flags().StringVar(&edition, "edition", "", "cut-off day of the edition")
	_ = cmd.MarkFlagRequired("edition")
	return cmd
}

func explainPerson(a *app.App, cmd *cobra.Command, args []string, edition string) error {
	day, err := input.Day("--edition", edition)
	if err != nil {
		return err
	}
	given, err := input.Pseudonyms(cmd.InOrStdin(), a.Words(), args)
	if err != nil {
		return err
	}
	if len(given) != 1 {
		return exit.Usage(fmt.Errorf("%d persons are given: explain takes one at a time", len(given)))
	}
	person := string(given[0][:])
	return a.WithWarehouse(cmd.Context(), func(ctx context.Context, e *engines.Engines) error {
		r, err := lineage.Explain(ctx, e.Warehouse, schemas.DateFromTime(day), person)
		if errors.Is(err, lineage.ErrNoPerson) {
			return exit.Usage(err)
		}
		if err != nil {
			return err
		}
		fmt.Fprintln(a.Err, "what follows is data about one person: keep it inside the walls")
		return r.Print(a.Out)
	})
}
