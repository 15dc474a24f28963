package region

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"testing"
)

// TestRegionFileKeys holds that docs/region-file.md shows every key that a
// source may have.
func TestRegionFileKeys(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "region-file.md"))
	if err != nil {
		t.Fatal(err)
	}
	keys := yamlKeys(sourceYAML{}, pageYAML{}, memberYAML{}, topicYAML{}, hubYAML{}, bestBetYAML{}, channelYAML{}, placementYAML{}, fileYAML{})
	for _, key := range keys {
		if !regexp.MustCompile(`(?m)(^|[ {,-])` + key + `:`).Match(page) {
			t.Errorf("docs/region-file.md does not show the key %q", key)
		}
	}
	if len(keys) < 40 {
		t.Errorf("%d keys, want at least 40", len(keys))
	}
}

// yamlKeys are the names under which the fields of structs are written.
func yamlKeys(structs ...any) (keys []string) {
	for _, s := range structs {
		of := reflect.TypeOf(s)
		for i := range of.NumField() {
			keys = append(keys, of.Field(i).Tag.Get("yaml"))
		}
	}
	return keys
}
