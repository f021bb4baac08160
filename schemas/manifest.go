package schemas

import _ "embed"

// ManifestSchema is the JSON schema of manifest.json, from the contract.
//
//go:embed contract/manifest.schema.json
var ManifestSchema string
