package formattest_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation/shareddata"
)

// file is a block of a page that names the file it is part of.
var file = regexp.MustCompile("(?s)```[a-z]+ (\\S+)\n(.*?)```")

// TestGuide builds the twelfth format of docs/add-a-format.md from what stands
// there, as a module of its own, and tries it with its own corpus.
func TestGuide(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	read := func(name string) string {
		body, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(body)
	}
	const module = "github.com/plonegov/carillon"
	files := map[string]string{"go.sum": read("go.sum"),
		"go.mod": strings.Replace(read("go.mod"), "module "+module, "module vcard", 1) + "\nrequire " + module + " v0.0.0\n\nreplace " + module + " => " + root + "\n"}
	for _, block := range file.FindAllStringSubmatch(read("docs/add-a-format.md"), -1) {
		files[block[1]] += block[2]
	}
	dir := t.TempDir()
	for name, body := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("go", "test", ".")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "CARILLON_SHARED="+filepath.Dir(shareddata.Dir(t)))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("the format of the page: %v\n%.4000s", err, out)
	}
}
