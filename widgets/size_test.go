package widgets_test

import (
	"bytes"
	"testing"

	"github.com/andybalholm/brotli"

	"github.com/plonegov/carillon/widgets"
)

// The budget of DESIGN.md 9, in bytes of brotli 11.
const (
	loaderBudget = 2048
	totalBudget  = 6 << 10
	widgetBudget = 2 << 10
)

func TestBytesStayInBudget(t *testing.T) {
	r, err := widgets.NewRenderer()
	if err != nil {
		t.Fatal(err)
	}
	var fragment bytes.Buffer
	if err := r.Fragment(&fragment, sample(10)); err != nil {
		t.Fatal(err)
	}
	loader, content := compressed(t, widgets.Loader()), compressed(t, fragment.Bytes())
	t.Logf("loader with style %d B (%d raw), fragment of 10 items %d B (%d raw), together %d B",
		loader, len(widgets.Loader()), content, fragment.Len(), loader+content)
	if loader > loaderBudget {
		t.Errorf("the loader is %d B, want at most %d", loader, loaderBudget)
	}
	if content > widgetBudget {
		t.Errorf("a further widget is %d B, want at most %d", content, widgetBudget)
	}
	if loader+content > totalBudget {
		t.Errorf("the first widget is %d B, want at most %d", loader+content, totalBudget)
	}
}

func compressed(t *testing.T, b []byte) int {
	t.Helper()
	var out bytes.Buffer
	w := brotli.NewWriterLevel(&out, brotli.BestCompression)
	if _, err := w.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Len()
}
