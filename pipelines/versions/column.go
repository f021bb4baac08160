package versions

import "doorstroom/pipelines/sqlfile"

// Column is what is kept of effective records beside their pseudonyms.
type Column struct {
	// Name is its name in a table of work, Type its ClickHouse type there, Expr how it is made of the raw table.
	Name, Type, Expr string
}

// Made is the name of the column in the SELECTs of Effective. There a plain name means the raw column.
func (c Column) Made() string { return sqlfile.Ident("work_" + c.Name) }

// Quoted is the name as an identifier.
func (c Column) Quoted() string { return sqlfile.Ident(c.Name) }
