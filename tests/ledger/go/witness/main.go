// Witness holds the house's notes, proofs and tiles against Go's own implementation,
// golang.org/x/mod/sumdb. It reads one JSON document from standard input and writes the
// verdicts, in the order of the questions, to standard output; an empty verdict means "holds".
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type record struct {
	Proof []tlog.Hash
	Size  int64
	Root  tlog.Hash
	Index int64
	Leaf  tlog.Hash
}

type tree struct {
	Proof []tlog.Hash
	Size2 int64
	Root2 tlog.Hash
	Size1 int64
	Root1 tlog.Hash
}

// ask names proofs that Go is to make itself out of our tiles.
type ask struct {
	Tiles   map[string][]byte // by path, as the portal serves them
	Size    int64
	Root    tlog.Hash
	Records []int64
	Trees   []int64
}

type questions struct {
	Vkey    string
	Notes   []string
	Records []record
	Trees   []tree
	Ask     ask
}

type opened struct {
	Text  string
	Error string
}

type verdicts struct {
	Notes       []opened
	Records     []string
	Trees       []string
	MadeRecords []tlog.RecordProof
	MadeTrees   []tlog.TreeProof
}

// tiles serves the house's tiles to Go, which checks each against the root.
type tiles map[string][]byte

func (t tiles) Height() int { return 8 }

func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var found [][]byte
	for _, tile := range wanted {
		// Go names the height, which C2SP tlog-tiles leaves out.
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		data, ok := t[path]
		if !ok {
			return nil, fmt.Errorf("no tile %s", path)
		}
		found = append(found, data)
	}
	return found, nil
}

func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func said(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

func main() {
	var q questions
	fail(json.NewDecoder(os.Stdin).Decode(&q))
	verifier, err := note.NewVerifier(q.Vkey)
	fail(err)
	var v verdicts
	for _, text := range q.Notes {
		n, err := note.Open([]byte(text), note.VerifierList(verifier))
		if err != nil {
			v.Notes = append(v.Notes, opened{Error: err.Error()})
			continue
		}
		v.Notes = append(v.Notes, opened{Text: n.Text})
	}
	for _, r := range q.Records {
		v.Records = append(v.Records, said(tlog.CheckRecord(r.Proof, r.Size, r.Root, r.Index, r.Leaf)))
	}
	for _, t := range q.Trees {
		v.Trees = append(v.Trees, said(tlog.CheckTree(t.Proof, t.Size2, t.Root2, t.Size1, t.Root1)))
	}
	hashes := tlog.TileHashReader(tlog.Tree{N: q.Ask.Size, Hash: q.Ask.Root}, tiles(q.Ask.Tiles))
	for _, index := range q.Ask.Records {
		made, err := tlog.ProveRecord(q.Ask.Size, index, hashes)
		fail(err)
		v.MadeRecords = append(v.MadeRecords, made)
	}
	for _, size := range q.Ask.Trees {
		made, err := tlog.ProveTree(q.Ask.Size, size, hashes)
		fail(err)
		v.MadeTrees = append(v.MadeTrees, made)
	}
	fail(json.NewEncoder(os.Stdout).Encode(v))
}
