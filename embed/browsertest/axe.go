package browsertest

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Violation is one accessibility rule of axe-core that a page breaks.
type Violation struct {
	ID      string // as "color-contrast"
	Impact  string // minor, moderate, serious or critical
	Help    string
	HelpURL string
	Nodes   []ViolationNode
}

// ViolationNode is one element that breaks the rule.
type ViolationNode struct {
	HTML           string
	FailureSummary string
}

// String gives the rule and each element, fit for a test's message.
func (v Violation) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s): %s", v.ID, v.Impact, v.Help)
	for _, n := range v.Nodes {
		fmt.Fprintf(&b, "\n  %s\n    %s", n.HTML, strings.ReplaceAll(n.FailureSummary, "\n", "\n    "))
	}
	return b.String()
}

// Axe runs the rules of axe-core that have one of the tags, as "wcag2a",
// "wcag2aa" or "wcag22aa", or all without tags. Frames are not entered: open
// their address as a page. The script is $CARILLON_AXE or the one that
// `make tools` fetches; without it the test is skipped, or fails with CI=true.
func (p *Page) Axe(tags ...string) []Violation {
	p.t.Helper()
	path := toolPath("CARILLON_AXE", ".cache/npm/node_modules/axe-core/axe.min.js")
	script, err := os.ReadFile(path)
	if err != nil {
		missing(p.t, fmt.Sprintf("no axe-core: run `make tools`, or name axe.min.js in CARILLON_AXE (%v)", err))
	}
	p.Eval(string(script)+"\n;0", nil)
	options := map[string]any{"resultTypes": []string{"violations"}, "iframes": false}
	if len(tags) > 0 {
		options["runOnly"] = tags
	}
	arg, err := json.Marshal(options)
	if err != nil {
		p.t.Fatal(err)
	}
	var violations []Violation
	p.Eval(`axe.run(document, `+string(arg)+`).then(r => r.violations)`, &violations)
	return violations
}

// toolPath is what a variable names, else a place in the repository.
func toolPath(variable, inRepository string) string {
	if path := os.Getenv(variable); path != "" {
		return path
	}
	dir, err := os.Getwd()
	for err == nil {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			break
		}
		dir = parent
	}
	return filepath.Join(dir, filepath.FromSlash(inRepository))
}
