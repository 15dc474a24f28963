package widgets

import (
	"crypto/sha512"
	"encoding/base64"
	"fmt"
	"strings"
)

// Version is that of the loader: its bytes never change under one version
// (releases/), because pages pin them by hash. A change of the loader raises
// Version and adds a release.
const Version = "1.1.0"

// Loader is the script that pages load: assets/carillon.js without comments and
// indentation. The style sheet comes with each fragment, so that both always
// fit each other and the loader stays small.
func Loader() []byte {
	return []byte(shrink(mustRead("assets/carillon.js"), "//", "\n", "\n"))
}

// FrameScript is the one script of a frame's page, which tells its height.
func FrameScript() string { return frameScript }

var frameScript = shrink(mustRead("assets/frame.js"), "//", "\n", "\n")

// Integrity is the value of an integrity attribute for script (W3C
// Subresource Integrity, 3.3).
func Integrity(script []byte) string {
	sum := sha512.Sum384(script)
	return "sha384-" + base64.StdEncoding.EncodeToString(sum[:])
}

// Release returns the loader of a version as it was issued, or fs.ErrNotExist
// for one that never was.
func Release(version string) ([]byte, error) {
	return releases.ReadFile("releases/" + version + ".js")
}

// Releases lists every version issued; [Version] is among them.
func Releases() ([]string, error) {
	files, err := releases.ReadDir("releases")
	if err != nil {
		return nil, fmt.Errorf("list releases: %w", err)
	}
	var versions []string
	for _, f := range files {
		versions = append(versions, strings.TrimSuffix(f.Name(), ".js"))
	}
	return versions, nil
}

// shrink takes comments and the white space around lines out of a script or
// style sheet of ours and joins the lines. A comment starts a line.
func shrink(text, open, end, join string) string {
	var lines []string
	for text != "" {
		var line string
		line, text, _ = strings.Cut(text, "\n")
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, open) {
			if _, text2, found := strings.Cut(line[len(open):]+"\n"+text, end); found {
				text = text2
			}
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, join)
}

func mustRead(name string) string {
	b, err := assets.ReadFile(name)
	if err != nil {
		panic(err) // embedded at build time
	}
	return string(b)
}
