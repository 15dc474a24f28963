package dila

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/read"
)

// The index files that lie beside the sheets in an archive. arborescence.xml and
// menu.xml repeat the hierarchy that each sheet names itself; the others list
// dates and services. None of them holds an item. redirections.xml tells which
// sheets went into others: those are gone.

var (
	numbered  = regexp.MustCompile(`[">/][FNR][0-9]{1,9}["<]`)
	inText    = regexp.MustCompile(`\b[FNR][0-9]{1,9}\b`)
	firstTag  = regexp.MustCompile(`^<[\pL_][\pL\pN_.:-]*[\s>]`)
	formerKey = regexp.MustCompile(`(?i)ancien|old|source|origin|from|depuis|avant|redirig`)
	newKey    = regexp.MustCompile(`(?i)nouve|new|cible|target|dest|vers|apres|après|\bto\b|redirection`)
)

// indexFiles are the names they have in the archives of 2026.
var indexFiles = []string{"arborescence.xml", "menu.xml", "redirections.xml", "servicesenligne.xml", "idxdatemodifimp.xml",
	"centresdecontact.xml", "commentfairesi.xml", "glossaire.xml", "questionsreponses.xml", "themes.xml", "actualites.xml"}

// indexRoots are the names of their first elements, in small letters.
var indexRoots = []string{"arborescence", "menu", "redirections", "commune", "communes", "index", "idx"}

// isIndex knows an index file by what it is about: its first element is no
// sheet, and it lists sheets by number.
func isIndex(root *read.Node, doc federation.Document) bool {
	return slices.Contains(indexRoots, strings.ToLower(root.Name)) ||
		slices.Contains(indexFiles, strings.ToLower(fileOf(doc))) || numbers(root) >= 2
}

func numbers(n *read.Node) int {
	count := 0
	for _, value := range read.Attributes(n.Attrs) {
		if sheetNumber(value) {
			count++
		}
	}
	if sheetNumber(n.Data) {
		count++
	}
	for _, k := range n.Kids {
		if count >= 2 {
			break
		}
		count += numbers(k)
	}
	return count
}

func sheetNumber(s string) bool {
	s = strings.TrimSpace(s)
	return s != "" && inText.FindString(s) == s
}

// sniffIndex is how sure head, from the first element on, is that of an index.
func sniffIndex(head []byte, doc federation.Document) int {
	switch {
	case !firstTag.Match(head) || len(numbered.FindAll(head, 2)) < 2:
		return 0
	case slices.Contains(indexFiles, strings.ToLower(fileOf(doc))):
		return 70
	}
	return 30
}

// decodeIndex gives no items: what there is to say is which sheets are gone.
func decodeIndex(root *read.Node, doc federation.Document) federation.Decoded {
	d := federation.Decoded{Title: newLinks(root).sourceTitle(), Language: "fr", Complete: true}
	about := strings.ToLower(root.Name + " " + fileOf(doc))
	if strings.Contains(about, "redirection") {
		d.Gone = redirected(root, audiencesOf(doc))
	}
	return d
}

// redirected returns the sheets that an element says lead to others.
func redirected(n *read.Node, audiences []string) []federation.Tombstone {
	var out []federation.Tombstone
	seen := map[string]bool{}
	var walk func(n *read.Node)
	walk = func(n *read.Node) {
		id, when := former(n)
		for _, a := range narrowed(n, audiences) {
			if origin := a + "/" + id; id != "" && !seen[origin] && len(out) < maxOffices {
				seen[origin] = true
				out = append(out, federation.Tombstone{OriginID: origin, When: when})
			}
		}
		for _, k := range n.Kids {
			walk(k)
		}
	}
	walk(n)
	return out
}

// former returns the number an element redirects from: the one named so, else
// the one beside the one named as the new, else the first of two.
func former(n *read.Node) (id string, when time.Time) {
	type named struct{ key, id string }
	var all []named
	for key, value := range read.Attributes(n.Attrs) {
		if t, err := time.Parse(time.DateOnly, day.FindString(value)); err == nil && strings.Contains(strings.ToLower(key), "date") {
			when = t
		} else if found := inText.FindAllString(value, -1); len(found) > 0 {
			all = append(all, named{key, found[len(found)-1]})
		}
	}
	for _, k := range n.Kids {
		if found := inText.FindAllString(words(k), -1); k.Name != "" && len(found) == 1 {
			all = append(all, named{k.Name, found[0]})
		} else if found := inText.FindString(k.Data); k.Name == "" && found != "" {
			all = append(all, named{"", found})
		}
	}
	if len(all) != 2 || all[0].id == all[1].id {
		return "", when
	}
	old := 0
	if formerKey.MatchString(all[1].key) && !formerKey.MatchString(all[0].key) ||
		newKey.MatchString(all[0].key) && !newKey.MatchString(all[1].key) {
		old = 1
	}
	return all[old].id, when
}

// narrowed are the audiences an element is for.
func narrowed(n *read.Node, all []string) []string {
	if a := audience(n.Get("audience")); a != "" {
		return []string{a}
	}
	return all
}

// audiencesOf tells from where a file lies whose it is: the archives are by
// audience (…/part/zip/…, …/pro/…, …/asso/…). All three when it does not show.
func audiencesOf(doc federation.Document) []string {
	where := strings.ToLower("/" + doc.Name + " " + doc.URL + " " + doc.Source.URL)
	switch {
	case strings.Contains(where, "/part/"), strings.Contains(where, "particuliers"):
		return []string{"particuliers"}
	case strings.Contains(where, "/pro/"), strings.Contains(where, "professionnels"), strings.Contains(where, "entreprendre"):
		return []string{"professionnels"}
	case strings.Contains(where, "/asso/"), strings.Contains(where, "associations"):
		return []string{"associations"}
	}
	return []string{"particuliers", "professionnels", "associations"}
}

// fileOf is the name of the file a document was, within its archive or at its
// address.
func fileOf(doc federation.Document) string {
	if doc.Name != "" {
		return path.Base(doc.Name)
	}
	return fileName(doc.URL)
}
