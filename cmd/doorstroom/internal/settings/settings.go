// Package settings reads and lists the settings of the program, and makes of them what the parts take: addresses with
// their certificates, log-ins and clients.
package settings

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/sethvargo/go-envconfig"

	"doorstroom/cmd/doorstroom/internal/exit"
)

// Settings are all settings of the program. Each has one environment name and
// a default; `doorstroom config` lists them with where each came from. Secrets
// are of type Secret, which never prints itself.
type Settings struct {
	Data        string `env:"DOORSTROOM_DATA, default=./data" help:"folder of the embedded engines and of working files"`
	Landing     string `env:"DOORSTROOM_LANDING" help:"landing folder with the suppliers' deliveries"`
	LogFormat   string `env:"DOORSTROOM_LOG_FORMAT, default=console" help:"console or json"`
	LogLevel    string `env:"DOORSTROOM_LOG_LEVEL, default=warn" help:"debug, info, warn or error"`
	Workers     int    `env:"DOORSTROOM_WORKERS, default=0" help:"deliveries and person slices handled side by side; 0 is one per core (for slices at most three)"`
	Definitions string `env:"DOORSTROOM_DEFINITIONS" help:"version of the definitions that editions are made with; empty is the newest ('doorstroom version' lists them)"`
	KeyVersions []int  `env:"DOORSTROOM_KEY_VERSIONS, default=1" help:"key versions of pseudonyms that are accepted"`

	KafkaBrokers     []string `env:"DOORSTROOM_KAFKA_BROKERS" help:"host:port of Kafka brokers; empty is the embedded Kafka" login:"DOORSTROOM_KAFKA_USER and DOORSTROOM_KAFKA_PASSWORD"`
	KafkaTLS         bool     `env:"DOORSTROOM_KAFKA_TLS, default=false" help:"speak TLS with the brokers"`
	KafkaCA          string   `env:"DOORSTROOM_KAFKA_CA" help:"file with the CA certificates of the brokers; empty is the system's"`
	KafkaMechanism   string   `env:"DOORSTROOM_KAFKA_SASL" help:"PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512; empty means no log-in"`
	KafkaUser        string   `env:"DOORSTROOM_KAFKA_USER" help:"user at the brokers"`
	KafkaPassword    Secret   `env:"DOORSTROOM_KAFKA_PASSWORD" help:"password at the brokers"`
	KafkaReplication int      `env:"DOORSTROOM_KAFKA_REPLICATION, default=1" help:"replication factor of topics that are made"`
	Registry         string   `env:"DOORSTROOM_SCHEMA_REGISTRY" help:"address of a Confluent-compatible schema registry; empty is the embedded one" login:"DOORSTROOM_SCHEMA_REGISTRY_USER and DOORSTROOM_SCHEMA_REGISTRY_PASSWORD"`
	RegistryUser     string   `env:"DOORSTROOM_SCHEMA_REGISTRY_USER" help:"user at the schema registry; empty means no log-in"`
	RegistryPassword Secret   `env:"DOORSTROOM_SCHEMA_REGISTRY_PASSWORD" help:"password at the schema registry"`

	ClickHouseAddr        string `env:"DOORSTROOM_CLICKHOUSE_ADDR" help:"host:port of ClickHouse's native protocol; empty is the embedded ClickHouse" login:"DOORSTROOM_CLICKHOUSE_USER and DOORSTROOM_CLICKHOUSE_PASSWORD"`
	ClickHouseHTTP        string `env:"DOORSTROOM_CLICKHOUSE_HTTP" help:"host:port of ClickHouse's HTTP interface; empty is port 8123 (8443 with TLS) of the same host" login:"DOORSTROOM_CLICKHOUSE_USER and DOORSTROOM_CLICKHOUSE_PASSWORD"`
	ClickHouseUser        string `env:"DOORSTROOM_CLICKHOUSE_USER, default=default" help:"user at ClickHouse"`
	ClickHousePassword    Secret `env:"DOORSTROOM_CLICKHOUSE_PASSWORD" help:"password at ClickHouse"`
	ClickHouseSQLUser     string `env:"DOORSTROOM_CLICKHOUSE_SQL_USER" help:"user at ClickHouse that 'doorstroom sql' asks as: one with SELECT on facts, facts_store, marts, latest, as_of, ops and raw and nothing else; empty is DOORSTROOM_CLICKHOUSE_USER"`
	ClickHouseSQLPassword Secret `env:"DOORSTROOM_CLICKHOUSE_SQL_PASSWORD" help:"password of that user"`
	ClickHouseTLS         bool   `env:"DOORSTROOM_CLICKHOUSE_TLS, default=false" help:"speak TLS with ClickHouse"`
	ClickHouseCA          string `env:"DOORSTROOM_CLICKHOUSE_CA" help:"file with the CA certificates of ClickHouse; empty is the system's"`
	ClickHouseMemory      uint64 `env:"DOORSTROOM_CLICKHOUSE_MEMORY, default=4294967296" help:"memory limit of the embedded ClickHouse, bytes"`

	WarehousePort     int    `env:"DOORSTROOM_WAREHOUSE_PORT, default=18123" help:"port of this machine at which 'doorstroom warehouse' answers tools; 0 is any free one"`
	WarehousePassword Secret `env:"DOORSTROOM_WAREHOUSE_PASSWORD" help:"password that tools log in with at 'doorstroom warehouse'; empty is another one at each start, which it prints"`

	AllowClearText bool `env:"DOORSTROOM_ALLOW_CLEAR_TEXT, default=false" help:"speak without TLS with servers on other machines; only on a network that nobody else can listen to"`

	// By supplier: DOORSTROOM_DUO_URL, DOORSTROOM_SOURCE_COA_URL and so on.
	APIs    map[string]API    `each:"DOORSTROOM_"`
	Sources map[string]Folder `each:"DOORSTROOM_SOURCE_"`

	LibCHDB string `env:"DOORSTROOM_LIBCHDB" help:"file of ClickHouse's engine for the embedded ClickHouse; empty looks in .tools"`
	DBT     string `env:"DOORSTROOM_DBT" help:"the dbt program; empty looks in .tools"`

	SlicePersons int           `env:"DOORSTROOM_SLICE_PERSONS, default=0" help:"persons per slice of work on facts; 0 is 10000, fewer take less memory"`
	Patience     time.Duration `env:"DOORSTROOM_PATIENCE, default=10m" help:"how long a run tries again while ClickHouse, Kafka or the schema registry is away, before it ends with exit code 3; serve goes on for ever, other commands end at once"`
	Silence      time.Duration `env:"DOORSTROOM_SILENCE, default=1m" help:"how long ClickHouse may say nothing while it reads or writes rows before the connection counts as dead; other statements may take five times as long"`
	Interval     time.Duration `env:"DOORSTROOM_INTERVAL, default=24h" help:"how often serve runs"`

	Keep RetentionDays `env:", prefix=DOORSTROOM_KEEP_"`
}

// RetentionDays are for how many days 'doorstroom retain' keeps what; docs/decisions/retention.md has the reasons.
type RetentionDays struct {
	Messages int `env:"MESSAGES, default=7" help:"days that Kafka keeps records once they are loaded; 0 leaves it to the topics"`
	Refused  int `env:"REFUSED, default=30" help:"days that raw rows of refused deliveries and of attempts that were never decided stay; 0 is for ever"`
	Held     int `env:"HELD, default=365" help:"days that raw rows of held and withdrawn deliveries stay, so that they can be released; 0 is for ever"`
	Replaced int `env:"REPLACED, default=0" help:"days that raw rows stay that a newer full delivery replaced; after it editions of before cannot be built; 0 is for ever"`
	Builds   int `env:"BUILDS, default=1" help:"days that facts of builds stay that no longer stand; 0 is until the next build"`
	Copies   int `env:"COPIES, default=90" help:"days that copies of delivered files stay in the landing folder after the decision (pages of DUO and IDW, and what came over SFTP, S3 or HTTPS); 0 is for ever"`
	Ledger   int `env:"LEDGER, default=730" help:"days that the books of runs and builds stay; 0 is for ever"`
}

// API is where a supplier serves its extracts.
type API struct {
	URL          string `env:"URL" help:"base address of the supplier's extract service; empty reads its landing folder only" login:"CLIENT_ID and CLIENT_SECRET with the same beginning"`
	ClientID     string `env:"CLIENT_ID" help:"OAuth2 client id there"`
	ClientSecret Secret `env:"CLIENT_SECRET" help:"OAuth2 client secret there"`
	CA           string `env:"CA" help:"file with the CA certificates of the service; empty is the system's"`
}

// Folder is where a supplier leaves its deliveries, to be copied into the landing folder.
type Folder struct {
	URL        string `env:"URL" help:"where the supplier leaves deliveries: sftp://user@host:port/path, s3://bucket/prefix?endpoint=https://...&region=... or https://host/path; empty reads its landing folder only" login:"USER and SECRET with the same beginning"`
	User       string `env:"USER" help:"access key id for S3, user for HTTPS"`
	Secret     Secret `env:"SECRET" help:"secret access key for S3; password, or without a user a bearer token, for HTTPS; passphrase of the private key for SFTP"`
	KeyFile    string `env:"KEY_FILE" help:"file with the private key for SFTP"`
	HostKey    string `env:"HOST_KEY" help:"key of the SFTP server as in a public key file: ssh-ed25519 AAAA..."`
	KnownHosts string `env:"KNOWN_HOSTS" help:"known_hosts file with the key of the SFTP server, in place of HOST_KEY"`
	CA         string `env:"CA" help:"file with the CA certificates of the S3 or HTTPS server; empty is the system's"`
}

// Secret is a setting whose value is never shown.
type Secret string

// String redacts.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return "(set, not shown)"
}

// GoString redacts as String does.
func (s Secret) GoString() string { return s.String() }

// Read reads the environment, or what a test gives in its place, and refuses addresses that hold a password or a scheme
// where there is none.
func Read(ctx context.Context, env envconfig.Lookuper) (*Settings, error) {
	s := &Settings{APIs: make(map[string]API), Sources: make(map[string]Folder)}
	err := envconfig.ProcessWith(ctx, &envconfig.Config{Target: s, Lookuper: env})
	if err == nil {
		err = s.readSuppliers(ctx, env)
	}
	if err != nil {
		// The library names the field, a user knows the name in the environment.
		field, _, _ := strings.Cut(err.Error(), ":")
		if f, ok := reflect.TypeOf(*s).FieldByName(field); ok {
			name, _ := cutTag(f.Tag.Get("env"))
			err = fmt.Errorf("%s: %w", name, err)
		}
		return nil, exit.Usage(fmt.Errorf("read settings: %w; 'doorstroom config' lists them", err))
	}
	if err := s.refusePasswords(); err != nil {
		return nil, err
	}
	return s, s.refuseSchemes()
}
