package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/plonegov/carillon/"

// graph is STYLE.md section 1: what each package may import of ours. A folder
// ending in /* stands for every package below it. Packages of support for
// tests (storetest, searchtest, meilitest, browsertest, shareddata, worktest, extracttest) may be imported by
// tests alone.
var graph = map[string][]string{
	"federation":                    {"federation/markup", "federation/recur", "federation/territory"},
	"federation/territory":          {},
	"federation/geojson":            {"federation"},
	"federation/region":             {"federation", "federation/geojson"},
	"federation/markup":             {},
	"federation/recur":              {},
	"federation/safehttp":           {},
	"federation/sqlite":             {"federation", "federation/markup"},
	"federation/locale":             {"federation"},
	"federation/health":             {"federation", "federation/locale"},
	"federation/likeness":           {"federation"},
	"federation/storetest":          {"federation", "federation/markup"},
	"federation/shareddata":         {},
	"federation/worktest":           {},
	"harvester":                     {"federation", "federation/markup", "federation/safehttp", "harvester/enrich", "harvester/robots", "harvester/survey", "harvester/websub"},
	"harvester/dates":               {"federation"},
	"harvester/read":                {"federation", "federation/markup"},
	"harvester/discover":            {"harvester/read"},
	"harvester/opml":                {"harvester/read"},
	"harvester/websub":              {"federation", "federation/safehttp"},
	"harvester/cap":                 {"federation", "federation/markup", "harvester/dates", "harvester/read"},
	"harvester/csv":                 {"federation", "federation/markup", "harvester/dates", "harvester/read"},
	"harvester/dila":                {"federation", "federation/markup", "harvester/dates", "harvester/read"},
	"harvester/enrich":              {"federation", "federation/markup", "harvester/read"},
	"harvester/extract":             {"federation"},
	"harvester/extract/extracttest": {},
	"harvester/formattest":          {"federation", "federation/markup", "federation/shareddata", "harvester/read"},
	"harvester/feed":                {"federation", "federation/markup", "federation/recur", "harvester/dates", "harvester/read"},
	"harvester/ics":                 {"federation", "federation/markup", "federation/recur", "harvester/dates", "harvester/read"},
	"harvester/jsonld":              {"federation", "federation/markup", "harvester/dates", "harvester/read"},
	"harvester/oparl":               {"federation", "federation/markup", "harvester/dates", "harvester/read"},
	"harvester/page":                {"federation", "federation/markup", "harvester/dates", "harvester/jsonld", "harvester/read"},
	"harvester/plone":               {"federation", "federation/markup", "harvester/plone/restapi", "harvester/read"},
	"harvester/plone/restapi":       {"federation", "federation/markup", "federation/recur", "harvester/dates", "harvester/read"},
	"harvester/plonemeeting":        {"federation", "federation/markup", "harvester/dates", "harvester/plone/restapi", "harvester/read"},
	"harvester/robots":              {"federation/safehttp", "harvester/read"},
	"harvester/sitemap":             {"federation", "federation/markup", "harvester/dates", "harvester/read"},
	"harvester/survey":              {"federation", "federation/safehttp", "harvester/discover", "harvester/robots"},
	"search":                        {"federation", "federation/markup", "search/text"},
	"search/text":                   {},
	"search/local":                  {"search", "search/text", "federation", "federation/markup"},
	"search/meili":                  {"search", "search/text", "federation", "federation/markup"},
	"search/meili/meilitest":        {},
	"search/searchtest":             {"search", "search/text", "federation", "federation/markup"},
	"widgets":                       {"federation", "federation/markup"},
	"embed":                         {"api/cache", "federation", "federation/markup", "widgets", "search", "embed/picture", "api/web"},
	"embed/picture":                 {"api/web", "federation", "federation/markup", "federation/safehttp"},
	"embed/browsertest":             {},
	"api":                           {"api/cache", "federation", "federation/health", "federation/markup", "search", "embed", "embed/picture", "widgets", "api/feed", "api/portal", "api/web"},
	"api/cache":                     {"api/web", "search"},
	"api/feed":                      {"federation"},
	"api/portal":                    {"federation", "federation/health", "federation/locale", "federation/markup", "search", "search/text", "widgets", "embed/picture", "api/web"},
	"api/web":                       {"federation"},
	"cmd/carillon/demo":             {},
	"cmd/carillon": {"api", "widgets", "api/web", "embed", "embed/picture", "harvester", "harvester/cap", "harvester/csv", "harvester/dila", "harvester/discover", "harvester/extract", "harvester/feed", "harvester/ics", "harvester/jsonld",
		"harvester/oparl", "harvester/opml", "harvester/page", "harvester/plone", "harvester/plonemeeting", "harvester/sitemap", "harvester/survey", "harvester/websub", "search", "search/local", "search/meili", "search/text",
		"federation", "federation/likeness", "federation/region", "federation/safehttp", "federation/sqlite", "cmd/carillon/demo"},
}

var testSupport = []string{"federation/storetest", "federation/shareddata", "federation/worktest", "search/searchtest", "search/meili/meilitest", "embed/browsertest", "harvester/extract/extracttest", "harvester/formattest"}

type listed struct {
	ImportPath, Dir, Doc string
	GoFiles, Imports     []string
}

// packages are those of this module, as the go command lists them.
func packages(t *testing.T) []listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Dir,Doc,GoFiles,Imports", module+"...")
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=readonly")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []listed
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

func TestImportGraph(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range packages(t) {
		name := strings.TrimPrefix(p.ImportPath, module)
		allowed, known := graph[name]
		seen[name] = true
		if !known && !strings.HasPrefix(name, "bench/") {
			t.Errorf("package %s is not in the graph; add it there and to docs/architecture.md", name)
			continue
		}
		for _, imp := range p.Imports {
			ours, is := strings.CutPrefix(imp, module)
			if is && known && !slices.Contains(allowed, ours) && !slices.Contains(testSupport, name) {
				t.Errorf("%s imports %s, which the graph does not allow", name, ours)
			}
			if is && slices.Contains(testSupport, ours) && !slices.Contains(testSupport, name) {
				t.Errorf("%s imports %s outside its tests", name, ours)
			}
		}
	}
	for name := range graph {
		if !seen[name] {
			t.Errorf("the graph names %s, which is not there", name)
		}
	}
}

func TestPackagesAreDocumented(t *testing.T) {
	for _, p := range packages(t) {
		if len(p.GoFiles) > 0 && len(strings.TrimSpace(p.Doc)) < 40 {
			t.Errorf("%s has no package comment that says what it does", p.ImportPath)
		}
	}
}

// wholes need a store, a server or a hub around them before they do anything:
// their tests show how.
var wholes = []string{"api", "api/portal", "embed", "embed/picture", "federation/sqlite", "harvester", "harvester/plone/restapi", "search", "search/meili", "cmd/carillon", "cmd/carillon/demo"}

// TestPackagesHaveExamples: every other package shows itself at work, with an
// output that is compared.
func TestPackagesHaveExamples(t *testing.T) {
	for _, p := range packages(t) {
		name := strings.TrimPrefix(p.ImportPath, module)
		if slices.Contains(wholes, name) || slices.Contains(testSupport, name) || strings.HasPrefix(name, "bench/") {
			continue
		}
		files, err := filepath.Glob(filepath.Join(p.Dir, "*_test.go"))
		if err != nil {
			t.Fatal(err)
		}
		shown := slices.ContainsFunc(files, func(file string) bool {
			body, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			_, example, found := strings.Cut(string(body), "\nfunc Example")
			return found && strings.Contains(example, "// Output:")
		})
		if !shown {
			t.Errorf("%s has no example with an output", name)
		}
	}
}

// TestOneDoorOut holds two rules that one careless line would break: only
// safehttp talks to addresses we did not choose, and only markup makes
// template.HTML. A style sheet may be made by those who wrote it: api/docs.go
// from its own file, widgets from tokens whose form federation.Theme holds. The
// one script in a page is a constant of widgets. Measuring programs ask the hub
// they started themselves, and search/meili the server that the operator named.
func TestOneDoorOut(t *testing.T) {
	doors := map[string][]string{
		"federation/safehttp": {"http.Transport", "net.Dialer"},
		"federation/markup":   {"template.HTML"},
		"embed/browsertest":   {"http.Get", "http.Client", "net.Dial"},
		"api":                 {"template.CSS"},
		"widgets":             {"template.CSS", "template.JS"},
		"search/meili":        {"http.Client", "http.Transport", "http.DefaultTransport"},
		"bench/harvest":       {"http.DefaultClient"},
		"bench/load":          {"http.DefaultTransport", "http.Client", "http.Transport", "net.Dial"},
		"bench/relevance":     {"http.DefaultTransport"},
	}
	for _, p := range packages(t) {
		name := strings.TrimPrefix(p.ImportPath, module)
		for _, file := range p.GoFiles {
			for _, use := range doorsUsed(t, filepath.Join(p.Dir, file)) {
				if !slices.Contains(doors[name], use) {
					t.Errorf("%s/%s uses %s; the one door is federation/safehttp, and federation/markup for HTML", name, file, use)
				}
			}
		}
	}
}

var (
	networkDoors = []string{"http.Get", "http.Post", "http.PostForm", "http.Head", "http.DefaultClient", "http.DefaultTransport",
		"http.Client", "http.Transport", "net.Dial", "net.DialTimeout", "net.Dialer", "net.DialTCP", "net.DialUDP"}
	trustDoors = []string{"template.HTML", "template.JS", "template.CSS", "template.URL", "template.HTMLAttr", "template.Srcset", "template.JSStr"}
)

// doorsUsed lists the uses of network doors and the conversions to trusted
// template types in a file.
func doorsUsed(t *testing.T, file string) []string {
	t.Helper()
	var out []string
	ast.Inspect(parsed(t, file), func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if use := qualified(n.Fun); slices.Contains(trustDoors, use) {
				out = append(out, use)
			}
		case *ast.SelectorExpr:
			if use := qualified(n); slices.Contains(networkDoors, use) {
				out = append(out, use)
			}
		}
		return true
	})
	return out
}

// TestOneReader holds that whatever shows items has them from a
// [federation.Reader]: nothing there takes a whole store, nor one of items, nor
// writes down a role with its methods. The index reads the store itself: it
// holds items, it shows none.
func TestOneReader(t *testing.T) {
	indexes := []string{"search/indexer.go", "search/fallback.go"}
	reads := []string{"ItemsByID", "EachItem"}
	for _, p := range packages(t) {
		name := strings.TrimPrefix(p.ImportPath, module)
		if root, _, _ := strings.Cut(name, "/"); !slices.Contains([]string{"api", "embed", "search", "widgets"}, root) || slices.Contains(testSupport, name) {
			continue
		}
		for _, file := range p.GoFiles {
			if slices.Contains(indexes, name+"/"+file) {
				continue
			}
			ast.Inspect(parsed(t, filepath.Join(p.Dir, file)), func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.SelectorExpr:
					if use := qualified(n); slices.Contains(reads, n.Sel.Name) || use == "federation.Store" || use == "federation.Items" || use == "federation.Readable" {
						t.Errorf("%s/%s uses %s; items come from a federation.Reader", name, file, cmp.Or(use, n.Sel.Name))
					}
				case *ast.InterfaceType:
					for _, m := range n.Methods.List {
						if len(m.Names) > 0 && (slices.Contains(reads, m.Names[0].Name) || m.Names[0].Name == "Item") {
							t.Errorf("%s/%s has an interface with %s; items come from a federation.Reader", name, file, m.Names[0].Name)
						}
					}
				}
				return true
			})
		}
	}
}

// parsed is a file's syntax.
func parsed(t *testing.T, file string) *ast.File {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// qualified is "package.Name" of a selector, "" of anything else.
func qualified(e ast.Expr) string {
	if s, ok := e.(*ast.SelectorExpr); ok {
		if x, ok := s.X.(*ast.Ident); ok {
			return x.Name + "." + s.Sel.Name
		}
	}
	return ""
}

// TestFileLength: a file of more than 500 lines says why in its first comment.
func TestFileLength(t *testing.T) {
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		head := string(body[:min(len(body), 600)])
		if n := strings.Count(string(body), "\n"); n > 500 && !strings.Contains(head, "Long because") {
			t.Errorf("%s has %d lines and no comment at its head that begins \"Long because\"", path, n)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
