//go:build unix

package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/alecthomas/kong"

	"github.com/plonegov/carillon/federation/region"
)

// block is a fenced piece of a page.
type block struct {
	page     string // below the root of the repository
	line     int
	language string
	text     string
}

func (b block) String() string { return fmt.Sprintf("%s:%d", b.page, b.line) }

var root = filepath.Join("..", "..")

// pages are the documents of the repository, by path below its root.
func pages(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	add := func(path string) {
		body, err := os.ReadFile(filepath.Join(root, path))
		if err != nil {
			t.Fatal(err)
		}
		out[path] = string(body)
	}
	for _, name := range []string{"README.md", "CONTRIBUTING.md", "SECURITY.md"} {
		add(name)
	}
	err := fs.WalkDir(os.DirFS(root), "docs", func(path string, _ fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".md") {
			add(path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// blocks are the fenced pieces of all pages in a language.
func blocks(t *testing.T, language string) (out []block) {
	t.Helper()
	fence := regexp.MustCompile("(?ms)^ *```([a-z]*)\n(.*?)^ *```$")
	for page, text := range pages(t) {
		for _, at := range fence.FindAllStringSubmatchIndex(text, -1) {
			b := block{page, 1 + strings.Count(text[:at[0]], "\n"), text[at[2]:at[3]], text[at[4]:at[5]]}
			if b.language == language {
				out = append(out, b)
			}
		}
	}
	if len(out) == 0 {
		t.Fatalf("no page has a block in %q", language)
	}
	return out
}

// notRun are commands of shell blocks that no test can run, by their beginning.
var notRun = map[string]string{
	"make test":                   "it runs this test",
	"carillon serve --search":     "it needs a Meilisearch server; TestSearchServer has a stand-in",
	"meilisearch ":                "it is another program",
	"bench/realservers/wordpress": "it installs WordPress",
	"bench/realservers/plone":     "it installs Plone",
	"CARILLON_WORDPRESS":          "it needs the servers of the lines before",
}

// TestShellBlocks runs every line of the shell blocks of all pages but those
// of notRun, one after the other as a reader does: what serves is asked once
// and ended.
func TestShellBlocks(t *testing.T) {
	used := map[string]bool{}
	for _, b := range blocks(t, "sh") {
		t.Run(strings.ReplaceAll(b.String(), "/", "_"), func(t *testing.T) {
			folder := t.TempDir()
			if err := os.WriteFile(filepath.Join(folder, "region.yaml"), []byte("members: [{slug: samb, kind: commune, name: Sambre}]\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(b.text) {
				if reason := reasonNotToRun(line, used); reason != "" {
					t.Logf("not run: %s: %s", strings.TrimSpace(line), reason)
				} else if strings.TrimSpace(line) != "" {
					runLine(t, b, folder, line)
				}
			}
		})
	}
	for beginning := range notRun {
		if !used[beginning] {
			t.Errorf("no shell block has %q", beginning)
		}
	}
}

func reasonNotToRun(line string, used map[string]bool) string {
	for beginning, reason := range notRun {
		if strings.HasPrefix(line, beginning) {
			used[beginning] = true
			return reason
		}
	}
	return ""
}

var (
	serving         = regexp.MustCompile(`\b(serve|demo)\b`)
	loopbackAddress = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)
)

// runLine runs a line in the folder, or, when it needs the sources, at the
// root of the repository; what it builds goes to the folder.
func runLine(t *testing.T, b block, folder, line string) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 5*time.Minute)
	defer stop()
	dir := folder
	if strings.HasPrefix(line, "go ") {
		dir = root
		line = strings.Replace(line, "-o ", "-o "+folder+"/", 1)
	}
	cmd := exec.CommandContext(ctx, "sh", "-c", line)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "CARILLON_LISTEN=127.0.0.1:0")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // a signal reaches what go run and sh started
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	var errs safeBuffer
	cmd.Stderr = &errs
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	said := bufio.NewScanner(out)
	for said.Scan() {
		address := loopbackAddress.FindString(said.Text())
		if address == "" {
			continue
		}
		if status, body := get(t, address+"/"); status != 200 {
			t.Errorf("%s: GET %s = %d: %.300s", b, address, status, body)
		}
		if err := syscall.Kill(-cmd.Process.Pid, syscall.SIGINT); err != nil {
			t.Error(err)
		}
		if _, err := io.Copy(io.Discard, out); err != nil {
			t.Error(err)
		}
		_ = cmd.Wait() // go run tells that it was interrupted
		return
	}
	if err := cmd.Wait(); err != nil || serving.MatchString(line) {
		t.Errorf("%s: %s ended by itself: %v: %s", b, strings.TrimSpace(line), err, errs.String())
	}
}

// TestInlineCommands: each command in the words of a page is one that there
// is, with flags that it has.
func TestInlineCommands(t *testing.T) {
	inline := regexp.MustCompile("`carillon( [^`]+)`")
	n := 0
	for page, text := range pages(t) {
		for _, m := range inline.FindAllStringSubmatch(text, -1) {
			n++
			args := strings.Fields(strings.NewReplacer("[", "", "]", "", "|", " ").Replace(m[1]))
			var all commands
			parser, err := kong.New(&all, kong.Vars{"version": ""}, kong.Exit(func(int) {}), kong.Writers(io.Discard, io.Discard))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := parser.Parse(args); err != nil && !strings.HasPrefix(err.Error(), "expected ") { // named alone, without its arguments
				t.Errorf("%s shows `carillon%s`: %v", page, m[1], err)
			}
		}
	}
	if n < 10 {
		t.Errorf("the pages show %d commands, want at least 10", n)
	}
}

// TestGoBlocks: a Go block stands in a page whose excerpts a test looks for in
// code that compiles.
func TestGoBlocks(t *testing.T) {
	for _, b := range blocks(t, "go") {
		if b.page != "docs/add-a-format.md" { // harvester/csv.TestGuide
			t.Errorf("%s: no test holds this Go block", b)
		}
	}
}

// TestSourceExamples: the sources that pages show are what a region file may
// hold.
func TestSourceExamples(t *testing.T) {
	for _, b := range blocks(t, "yaml") {
		if b.page == "docs/region-file.md" { // TestRegionFilePage
			continue
		}
		text := strings.TrimPrefix(b.text, "sources:\n")
		if !strings.HasPrefix(text, "hub:") {
			text = "members:\n  - slug: samb\n    kind: commune\n    name: Sambre\n    sources:\n      " + strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", "\n      ")
		}
		if _, err := region.Parse(b.String(), []byte(text), regionOptions(nil, false)); err != nil {
			t.Errorf("%v\n%s", err, text)
		}
	}
}
