// Package speccase reads, checks, writes and renders specification cases:
// small tables of records in, small tables of facts out, in text files that an
// analyst reads and writes without Go (pipelines/route/spec, explained in its
// README). The tests of route use it, and docs/how_we_count.md is made with it.
package speccase
