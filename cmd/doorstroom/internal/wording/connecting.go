package wording

import (
	"fmt"
	"io"
	"net"
	"text/tabwriter"
)

// Login is what a tool needs to connect to the warehouse.
type Login struct{ Addr, User, Password string }

// Connecting tells people how tools connect, a line each; a password that they set themselves is left out.
func Connecting(out io.Writer, l Login) error {
	if l.Password == "" {
		l.Password = "PASSWORD"
	}
	host, port, err := net.SplitHostPort(l.Addr)
	if err != nil {
		return fmt.Errorf("the address of the warehouse: %w", err)
	}
	odbc := fmt.Sprintf("Driver={ClickHouse ODBC Driver (Unicode)};Server=%s;Port=%s;Database=marts;UID=%s;PWD=%s", host, port, l.User, l.Password)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, line := range [][2]string{
		{"address (HTTP)", l.Addr},
		{"user", l.User},
		{"password", l.Password},
		{"DBeaver (JDBC)", fmt.Sprintf("jdbc:clickhouse://%s/marts?user=%s&password=%s", l.Addr, l.User, l.Password)},
		{"Superset (SQLAlchemy)", fmt.Sprintf("clickhousedb://%s:%s@%s/marts", l.User, l.Password, l.Addr)},
		{"Power BI, Excel (ODBC)", odbc},
		{"R", fmt.Sprintf("DBI::dbConnect(ClickHouseHTTP::ClickHouseHTTP(), host=%q, port=%s, user=%q, password=%q)", host, port, l.User, l.Password)},
		{"Python", fmt.Sprintf("clickhouse_connect.get_client(host=%q, port=%s, username=%q, password=%q, database=\"marts\")", host, port, l.User, l.Password)},
	} {
		fmt.Fprintf(w, "%s\t%s\n", line[0], line[1])
	}
	return w.Flush()
}
