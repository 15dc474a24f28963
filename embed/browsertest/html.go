package browsertest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// CheckHTML gives whole HTML documents, by a name of the caller's, to the Nu Html Checker
// and returns what it calls an error of HTML, a line each with the name of its
// document. One call starts one Java program, which takes seconds: give it all
// documents at once. The checker is $CARILLON_VNU or the one that `make tools`
// fetches; without it, or without Java, the test is skipped, or fails with
// CI=true.
func CheckHTML(t testing.TB, documents map[string]string) []string {
	t.Helper()
	jar := toolPath("CARILLON_VNU", ".cache/npm/node_modules/vnu-jar/build/dist/vnu.jar")
	if _, err := os.Stat(jar); err != nil {
		missing(t, fmt.Sprintf("no HTML checker: run `make tools`, or name vnu.jar in CARILLON_VNU (%v)", err))
	}
	if _, err := exec.LookPath("java"); err != nil {
		missing(t, "no Java for the HTML checker: install the package default-jre-headless")
	}
	dir := t.TempDir()
	names := slices.Sorted(maps.Keys(documents))
	args := []string{"-Xmx512m", "-jar", jar, "--format", "json", "--stdout", "--exit-zero-always"}
	for i, name := range names {
		file := filepath.Join(dir, fmt.Sprintf("%04d.html", i))
		if err := os.WriteFile(file, []byte(documents[name]), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, file)
	}
	out, err := exec.CommandContext(t.Context(), "java", args...).Output()
	if err != nil {
		t.Fatalf("the HTML checker: %v: %s", err, out)
	}
	return faults(t, out, names)
}

// faults reads the checker's messages.
func faults(t testing.TB, out []byte, names []string) (list []string) {
	t.Helper()
	var report struct {
		Messages []struct {
			Type, URL, Message, Extract string
			LastLine                    int
		}
	}
	if err := json.NewDecoder(bytes.NewReader(out)).Decode(&report); err != nil {
		t.Fatalf("the HTML checker: %v: %.300s", err, out)
	}
	for _, m := range report.Messages {
		if m.Type == "info" || strings.HasPrefix(m.Message, "CSS:") {
			continue // its checker of styles does not know container queries
		}
		name, n := m.URL, 0
		if _, err := fmt.Sscanf(filepath.Base(m.URL), "%04d.html", &n); err == nil && n < len(names) {
			name = names[n]
		}
		list = append(list, fmt.Sprintf("%s, line %d: %s: %s", name, m.LastLine, m.Message, m.Extract))
	}
	return list
}
