package extract

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/klippa-app/go-pdfium"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"

	"github.com/plonegov/carillon/federation"
)

const (
	machineMemory = 256 << 20 / 65536 // pages of 64 KiB that a PDF and all PDFium makes of it may take
	badPages      = 20                // in a row, after which the rest is given up
)

// readPDF reads a PDF with PDFium. A page that cannot be read is an empty one.
func readPDF(ctx context.Context, body []byte, cache string, out sink) (reason federation.FileReason) {
	defer func() { // of the bindings, whose numbers come out of the file
		if recover() != nil {
			reason = federation.FileDamaged
		}
	}()
	m, err := openPDFium(ctx, cache)
	if err != nil {
		return federation.FileFailed
	}
	defer m.close()
	doc, err := m.OpenDocument(&requests.OpenDocument{File: &body})
	switch {
	case errors.Is(err, pdfiumerrors.ErrPassword) || errors.Is(err, pdfiumerrors.ErrSecurity):
		return federation.FileLocked
	case err != nil:
		return federation.FileDamaged
	}
	count, err := m.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: doc.Document})
	if err != nil {
		return federation.FileDamaged
	}
	out.paged()
	return m.pages(ctx, doc.Document, count.PageCount, out)
}

// pages reads the pages one after the other.
func (m *machine) pages(ctx context.Context, doc references.FPDF_DOCUMENT, count int, out sink) (reason federation.FileReason) {
	for i, bad := 0, 0; i < count; i++ {
		if ctx.Err() != nil {
			return federation.FileSlow
		}
		text, err := m.page(doc, i)
		if err == nil {
			bad = 0
		} else if reason, bad = federation.FileDamaged, bad+1; bad == badPages {
			return reason
		}
		if !out.page(text) {
			return federation.FileLong
		}
	}
	return reason
}

func (m *machine) page(doc references.FPDF_DOCUMENT, index int) (text string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("page %d: %v", index+1, p)
		}
	}()
	res, err := m.GetPageText(&requests.GetPageText{Page: requests.Page{ByIndex: &requests.PageByIndex{Document: doc, Index: index}}})
	if err != nil {
		return "", err
	}
	return res.Text, nil
}

// machine is PDFium in a WebAssembly machine.
type machine struct {
	pdfium.Pdfium
	pool  pdfium.Pool
	cache wazero.CompilationCache
}

func openPDFium(ctx context.Context, cache string) (*machine, error) {
	config := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling). // PDFium's setjmp
		WithMemoryLimitPages(machineMemory)
	m := &machine{}
	if cache != "" {
		if c, err := wazero.NewCompilationCacheWithDir(cache); err == nil { // else it is compiled anew
			m.cache, config = c, config.WithCompilationCache(c)
		}
	}
	pool, err := webassembly.Init(webassembly.Config{
		Context: ctx, MaxIdle: 1, MaxTotal: 1, RuntimeConfig: config,
		FSConfig: wazero.NewFSConfig(), // no folder: left alone, it mounts the whole disk
		Stdout:   io.Discard, Stderr: io.Discard,
	})
	if err != nil {
		return nil, err
	}
	m.pool = pool
	if m.Pdfium, err = pool.GetInstance(time.Minute); err != nil {
		m.close()
		return nil, err
	}
	return m, nil
}

// close ends the machine. What it says on the way is of no use any more.
func (m *machine) close() {
	defer func() { _ = recover() }()
	_ = m.pool.Close()
	if m.cache != nil {
		_ = m.cache.Close(context.Background())
	}
}
