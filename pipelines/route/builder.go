package route

// Builder makes facts. It holds scratch memory that grows to the largest
// person seen; one Builder serves one goroutine.
type Builder struct{}

// Build makes the facts of one person in an edition and overwrites out. It
// fails only on records that the contract would have put in quarantine (a date
// outside 1900-2100, a wage period of no or more than 36 days); records that
// are valid but contradict each other always have a defined outcome.
func (b *Builder) Build(p *Person, ed *Edition, out *Facts) error {
	return nil
}
