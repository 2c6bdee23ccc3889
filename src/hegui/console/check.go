// check verifies a C2SP tlog-proof file of Hegui's ledger with Go's own tools, offline.
//
//	go run check.go entry-7.tlog-proof 'NAME+ID+KEY'
package main

import (
	"encoding/base64"
	"fmt"
	"log"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 {
		log.Fatal("usage: go run check.go FILE.tlog-proof VKEY")
	}
	file, err := os.ReadFile(os.Args[1])
	must(err)
	proof, checkpoint, found := strings.Cut(string(file), "\n\n")
	lines := strings.Split(proof, "\n")
	if !found || len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" {
		log.Fatal("not a proof file that holds its entry")
	}
	entry := decode(strings.TrimPrefix(lines[1], "extra "))
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	must(err)
	var hashes tlog.RecordProof
	for _, line := range lines[3:] {
		hashes = append(hashes, hash(line))
	}

	key, err := note.NewVerifier(os.Args[2])
	must(err)
	head, err := note.Open([]byte(checkpoint), note.VerifierList(key))
	must(err)
	text := strings.Split(head.Text, "\n") // origin, size, root
	if len(text) < 3 {
		log.Fatal("not a checkpoint")
	}
	size, err := strconv.ParseInt(text[1], 10, 64)
	must(err)
	must(tlog.CheckRecord(hashes, size, hash(text[2]), index, tlog.RecordHash(entry)))
	fmt.Printf("holds: entry %d of %d, signed by %s\n%s\n", index, size, key.Name(), entry)
}

func decode(line string) []byte {
	data, err := base64.StdEncoding.DecodeString(line)
	must(err)
	return data
}

func hash(line string) (hash tlog.Hash) {
	if copy(hash[:], decode(line)) != tlog.HashSize {
		log.Fatal("not a hash: ", line)
	}
	return hash
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
