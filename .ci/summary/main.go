// Command summary reads `go test -json` from standard input and prints what a
// person wants to know: failures whole, a line a package, each skipped test
// with its reason, and the totals. With CI=true a skipped test is a failure.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
)

type event struct {
	Action, Package, Test, Output, ImportPath string
	Elapsed                                   float64
}

type tally struct {
	output                  map[string][]string
	skipped                 map[string]string
	passed, failed, skips   int
	failures, packageStates []string
}

func main() {
	t := tally{output: map[string][]string{}, skipped: map[string]string{}}
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 4<<20)
	for in.Scan() {
		var e event
		if json.Unmarshal(in.Bytes(), &e) != nil {
			fmt.Println(in.Text()) // what is not JSON is the go command's own words
			continue
		}
		t.add(e)
	}
	os.Exit(t.print())
}

func (t *tally) add(e event) {
	key := e.Package + e.ImportPath + " " + e.Test
	switch e.Action {
	case "output", "build-output":
		t.output[key] = append(t.output[key], e.Output)
	case "skip":
		if e.Test != "" {
			t.skips++
			t.skipped[key] = reason(t.output[key])
		}
	case "pass":
		if e.Test != "" {
			t.passed++
			delete(t.output, key)
		} else {
			t.packageStates = append(t.packageStates, fmt.Sprintf("ok    %6.1fs  %s", e.Elapsed, e.Package))
		}
	case "fail", "build-fail":
		if e.Test != "" {
			t.failed++
		} else {
			t.packageStates = append(t.packageStates, fmt.Sprintf("FAIL  %6.1fs  %s", e.Elapsed, e.Package+e.ImportPath))
		}
		t.failures = append(t.failures, key)
	}
}

// reason is the words given to t.Skip, without the file and line before them.
func reason(output []string) string {
	for _, line := range output {
		if _, words, ok := strings.Cut(line, "_test.go:"); ok {
			_, words, _ = strings.Cut(words, ": ")
			return strings.TrimSpace(words)
		}
		if _, words, ok := strings.Cut(line, ".go:"); ok {
			_, words, _ = strings.Cut(words, ": ")
			return strings.TrimSpace(words)
		}
	}
	return "no reason given"
}

func (t *tally) print() int {
	for _, key := range t.failures {
		fmt.Printf("--- FAIL %s\n%s", key, strings.Join(t.output[key], ""))
	}
	for _, line := range t.packageStates {
		fmt.Println(line)
	}
	if len(t.skipped) > 0 {
		fmt.Println("skipped:")
	}
	for _, key := range slices.Sorted(maps.Keys(t.skipped)) {
		fmt.Printf("  %s: %s\n", key, t.skipped[key])
	}
	fmt.Printf("%d passed, %d failed, %d skipped\n", t.passed, t.failed, t.skips)
	switch {
	case t.failed > 0 || len(t.failures) > 0:
		return 1
	case t.passed == 0:
		fmt.Println("no test ran")
		return 1
	case t.skips > 0 && os.Getenv("CI") == "true":
		fmt.Println("CI lets nothing be skipped")
		return 1
	}
	return 0
}
