package opml

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation/shareddata"
	"github.com/plonegov/carillon/harvester/dates"
)

// TestShared holds the conditions that each file of listparser's tests states
// in its own comment.
func TestShared(t *testing.T) {
	files, conditions := 0, 0
	for path, body := range sharedFiles(t, "feeds/opml/listparser") {
		files++
		l, err := Parse(body, "")
		result := view(l, err)
		evals := regexp.MustCompile(`(?m)^\s*Eval: (.+)$`).FindAllStringSubmatch(string(body), -1)
		if len(evals) == 0 {
			t.Errorf("%s states no condition", path)
		}
		for _, m := range evals {
			conditions++
			if ok, err := holds(result, strings.TrimSpace(m[1])); err != nil || !ok {
				t.Errorf("%s: %s does not hold (%v)\n%+v", path, m[1], err, l)
			}
		}
	}
	t.Logf("%d conditions of %d files", conditions, files)
}

// TestSharedLists reads the real lists of Liferea: each xmlUrl of the text is a
// feed or a list, in the folders of its indentation.
func TestSharedLists(t *testing.T) {
	for path, body := range sharedFiles(t, "feeds/opml/liferea") {
		l, err := Parse(body, "")
		if err != nil {
			t.Errorf("Parse(%s) = %v", path, err)
			continue
		}
		text := regexp.MustCompile(`(?s)<!--.*?-->`).ReplaceAllString(string(body), "")
		written := regexp.MustCompile(`(?i)\sxmlUrl=`).FindAllString(text, -1)
		if got := len(l.Feeds) + len(l.Lists); got != len(written) || l.Title == "" {
			t.Errorf("Parse(%s) has %d feeds and lists and the title %q, want %d", path, got, l.Title, len(written))
		}
		for _, f := range l.Feeds {
			if f.Title == "" || len(f.Folders) == 0 && f.URL != "vfolder" { // Liferea's own searches
				t.Errorf("Parse(%s): line %d has no title or no folder: %+v", path, f.Line, f)
			}
		}
	}
}

func sharedFiles(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := filepath.WalkDir(shareddata.Dir(t, dir), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := os.ReadFile(path)
		files[path] = body
		return err
	})
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files: %v", len(files), err)
	}
	return files
}

// view is a list as listparser would return it.
func view(l List, err error) map[string]any {
	links := func(list []Link) []any {
		out := []any{}
		for _, one := range list {
			out = append(out, map[string]any{"title": one.Title, "url": one.URL})
		}
		return out
	}
	feeds := []any{}
	for _, f := range l.Feeds {
		cats, tags := []any{}, []any{}
		for _, p := range f.Paths() {
			cats = append(cats, fmt.Sprintf("%q", p))
			if len(p) == 1 {
				tags = append(tags, p[0])
			}
		}
		feeds = append(feeds, map[string]any{"title": f.Title, "url": f.URL, "categories": cats, "tags": tags})
	}
	meta, author := map[string]any{}, map[string]any{}
	for name, s := range map[string]string{"title": l.Title, "created": l.Created, "modified": l.Modified} {
		if s != "" {
			meta[name] = s
		}
		if when, ok := dates.Parse(s, "en", nil); ok && name != "title" {
			meta[name+"_parsed"] = when.UTC().Format(time.RFC3339)
		}
	}
	for name, s := range map[string]string{"name": l.Owner.Name, "email": l.Owner.Email, "url": l.Owner.URL} {
		if s != "" {
			author[name], meta["author"] = s, author
		}
	}
	bozo := "0"
	if err != nil {
		bozo = "1"
	}
	return map[string]any{"bozo": bozo, "version": l.Version, "meta": meta, "feeds": feeds, "lists": links(l.Lists), "opportunities": links(l.Sites)}
}

var (
	lookUp   = regexp.MustCompile(`^result((?:\[[^\]]+\])+)$`)
	stepOf   = regexp.MustCompile(`\[['"]?([^\]'"]+)['"]?\]`)
	dateTime = regexp.MustCompile(`^datetime\.datetime\((\d+), (\d+), (\d+), (\d+), (\d+), (\d+), tzinfo=datetime\.timezone\.utc\)$`)
	getOf    = regexp.MustCompile(`^result\['meta'\]\.get\('(\w+)', False\)$`)
)

// holds evaluates one of the few forms of condition that the files have.
func holds(result map[string]any, eval string) (bool, error) {
	if m := getOf.FindStringSubmatch(eval); m != nil {
		return result["meta"].(map[string]any)[m[1]] != nil, nil
	}
	for _, op := range []string{" not in ", " in ", " == ", " is "} {
		left, right, found := strings.Cut(eval, op)
		if !found {
			continue
		}
		a, err := value(result, left)
		if err != nil {
			return false, err
		}
		if strings.HasPrefix(right, "(") {
			for _, one := range strings.Split(strings.Trim(right, "()"), ", ") {
				b, err := value(result, one)
				if err != nil || a == b {
					return err == nil, err
				}
			}
			return false, nil
		}
		b, err := value(result, right)
		if err != nil {
			return false, err
		}
		switch list := b.(type) {
		case map[string]any:
			_, has := list[fmt.Sprint(a)]
			return has == (op == " in "), nil
		case []any:
			return slices.Contains(list, a) == (op == " in "), nil
		}
		return a == b, nil
	}
	return false, fmt.Errorf("no form that is known")
}

func value(result map[string]any, s string) (any, error) {
	if inner, ok := strings.CutPrefix(s, "len("); ok {
		v, err := value(result, strings.TrimSuffix(inner, ")"))
		list, is := v.([]any)
		if !is {
			return nil, fmt.Errorf("%s is no list (%v)", inner, err)
		}
		return strconv.Itoa(len(list)), nil
	}
	if m := dateTime.FindStringSubmatch(s); m != nil {
		var n [6]int
		for i := range n {
			n[i], _ = strconv.Atoi(m[i+1])
		}
		return time.Date(n[0], time.Month(n[1]), n[2], n[3], n[4], n[5], 0, time.UTC).Format(time.RFC3339), nil
	}
	if m := lookUp.FindStringSubmatch(s); m != nil {
		return step(result, stepOf.FindAllStringSubmatch(m[1], -1))
	}
	if list, ok := strings.CutPrefix(s, "["); ok {
		var path []string
		for _, one := range strings.Split(strings.TrimSuffix(list, "]"), ", ") {
			path = append(path, strings.Trim(one, `'"`))
		}
		return fmt.Sprintf("%q", path), nil
	}
	if s == "False" {
		return "0", nil
	}
	return strings.Trim(s, `'"`), nil
}

func step(v any, steps [][]string) (any, error) {
	for _, m := range steps {
		switch at := v.(type) {
		case map[string]any:
			v = at[m[1]]
		case []any:
			i, err := strconv.Atoi(m[1])
			if err != nil || i >= len(at) {
				return nil, fmt.Errorf("no element %s", m[1])
			}
			v = at[i]
		}
	}
	if v == nil {
		return nil, fmt.Errorf("no such value")
	}
	return v, nil
}
