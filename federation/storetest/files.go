package storetest

import (
	"time"

	"github.com/plonegov/carillon/federation"
)

var fileCases = []testCase{
	{"what is saved is held", filesHeld},
	{"the text stays when none is given", fileTextStays},
	{"a change of text is in the log, and nothing else", filesLogged},
	{"those that are due, by source", filesDue},
	{"counts by reason", filesCounted},
	{"they go with their item", filesWithdrawn},
	{"a file that is removed", fileRemoved},
	{"of an item that is unknown or withdrawn", fileUnknown},
	{"one item's say nothing of another's", filesApart},
}

// saveFile saves files, which must succeed.
func (s store) saveFile(list ...federation.File) {
	s.Helper()
	s.in(func(tx federation.Tx) error {
		for _, f := range list {
			if err := tx.SaveFile(s.ctx, f, day(3)); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s store) filesOf(item string) (list []federation.File) {
	s.Helper()
	s.in(func(tx federation.Tx) (err error) {
		list, err = tx.Files(s.ctx, item)
		return err
	})
	return list
}

func (s store) itemFiles(ids ...string) []federation.File {
	s.Helper()
	return must[[]federation.File](s, "ItemFiles")(s.ItemFiles(s.ctx, ids))
}

const fileURL = "https://www.alba.example/a.pdf"

func filesHeld(s store) {
	a, b, _ := threeItems(s)
	full := federation.File{Item: a.ID, URL: fileURL, Due: day(9).Add(1500), Read: day(8), ETag: []byte("\"\xff\""), LastModified: []byte("Sat, 01 Jan"),
		Hash: "ab12", Interval: 7 * 24 * time.Hour, Failures: 2, Reason: federation.FileLong, Paged: true, Pages: []string{"", "deux\fdeux", "", "quatre"}}
	bare := federation.File{Item: b.ID, URL: fileURL}
	s.saveFile(full, bare)
	full.Due = full.Due.Truncate(time.Microsecond)
	full.Pages[1] = "deux deux"
	s.same("ItemFiles", s.itemFiles(a.ID, b.ID, "unknown"), []federation.File{full})
	full.Pages = nil
	s.same("Files", s.filesOf(a.ID), []federation.File{full})
	s.same("Files(bare)", s.filesOf(b.ID), []federation.File{bare})
	s.same("ItemFiles(none)", s.itemFiles(), []federation.File(nil))
}

func fileTextStays(s store) {
	a, _, _ := threeItems(s)
	s.saveFile(federation.File{Item: a.ID, URL: fileURL, Pages: []string{"un"}})
	s.saveFile(federation.File{Item: a.ID, URL: fileURL, Reason: federation.FileFailed, Failures: 1})
	s.same("ItemFiles", s.itemFiles(a.ID), []federation.File{{Item: a.ID, URL: fileURL, Reason: federation.FileFailed, Failures: 1, Pages: []string{"un"}}})
	s.saveFile(federation.File{Item: a.ID, URL: fileURL, Pages: []string{}})
	s.same("ItemFiles(emptied)", s.itemFiles(a.ID), []federation.File(nil))
}

func filesLogged(s store) {
	a, _, _ := threeItems(s)
	f := federation.File{Item: a.ID, URL: fileURL, Due: day(1)}
	read := []string{"files-read " + a.ID}
	for _, step := range []struct {
		name string
		do   func()
		want []string
	}{
		{"a file without text", func() { s.saveFile(f) }, nil},
		{"its text", func() { f.Pages = []string{"un"}; s.saveFile(f) }, read},
		{"the same again", func() { f.Due = day(5); s.saveFile(f) }, nil},
		{"another text", func() { f.Pages = []string{"un", "deux"}; s.saveFile(f) }, read},
		{"none any more", func() { f.Pages = []string{}; s.saveFile(f) }, read},
		{"removed without text", func() { s.removeFile(a.ID, fileURL) }, nil},
	} {
		s.same(step.name, s.logged(step.do), step.want)
	}
}

func (s store) removeFile(item, url string) {
	s.Helper()
	s.in(func(tx federation.Tx) error { return tx.RemoveFile(s.ctx, item, url, day(4)) })
}

func filesDue(s store) {
	a, b, _ := threeItems(s)
	second := item("alba", "2")
	s.saveItem(second)
	late := federation.File{Item: a.ID, URL: fileURL + "3", Due: day(5)}
	early := federation.File{Item: second.ID, URL: fileURL, Due: day(2), Pages: []string{"un"}}
	s.saveFile(late, early, federation.File{Item: a.ID, URL: fileURL + "1"}, federation.File{Item: b.ID, URL: fileURL, Due: day(1)})
	due := func(at time.Time, n int) []federation.File {
		return must[[]federation.File](s, "DueFiles")(s.DueFiles(s.ctx, "alba/news", at, n))
	}
	early.Pages = nil
	s.same("DueFiles", due(day(9), 10), []federation.File{early, late})
	s.same("DueFiles(at the moment)", due(day(2), 10), []federation.File{early})
	s.same("DueFiles(1)", due(day(9), 1), []federation.File{early})
	s.same("DueFiles(0)", due(day(9), 0), []federation.File(nil))
	s.same("NextFile", must[time.Time](s, "NextFile")(s.NextFile(s.ctx, "alba/news")), day(2))
	s.same("NextFile(none)", must[time.Time](s, "NextFile")(s.NextFile(s.ctx, "cran/news")), time.Time{})
}

func filesCounted(s store) {
	a, b, _ := threeItems(s)
	s.saveFile(
		federation.File{Item: a.ID, URL: fileURL + "1", Due: day(1)},
		federation.File{Item: a.ID, URL: fileURL + "2", Read: day(1), Pages: []string{"é", "b"}},
		federation.File{Item: a.ID, URL: fileURL + "3", Read: day(1), Reason: federation.FileScanned},
		federation.File{Item: a.ID, URL: fileURL + "4", Reason: federation.FileMissing},
		federation.File{Item: a.ID, URL: fileURL + "5", Reason: federation.FileMissing},
		federation.File{Item: b.ID, URL: fileURL, Reason: federation.FileLocked},
	)
	want := federation.FileCounts{Files: 5, Waiting: 1, Bytes: 4, Reasons: map[federation.FileReason]int{federation.FileScanned: 1, federation.FileMissing: 2}}
	s.same("FileCounts", must[federation.FileCounts](s, "FileCounts")(s.FileCounts(s.ctx, "alba/news")), want)
	s.same("FileCounts(none)", must[federation.FileCounts](s, "FileCounts")(s.FileCounts(s.ctx, "cran/news")), federation.FileCounts{})
}

func filesWithdrawn(s store) {
	a, _, _ := threeItems(s)
	s.saveFile(federation.File{Item: a.ID, URL: fileURL, Due: day(1), Pages: []string{"un"}})
	s.same("changes", s.logged(func() { s.withdraw(a.ID) }), []string{"item-withdrawn " + a.ID})
	s.saveItem(next(a, "wieder da"))
	s.same("ItemFiles(revived)", s.itemFiles(a.ID), []federation.File(nil))
	s.same("Files(revived)", s.filesOf(a.ID), []federation.File(nil))
}

func fileRemoved(s store) {
	a, _, _ := threeItems(s)
	s.saveFile(federation.File{Item: a.ID, URL: fileURL, Pages: []string{"un"}}, federation.File{Item: a.ID, URL: fileURL + "2", Pages: []string{"deux"}})
	s.same("changes", s.logged(func() { s.removeFile(a.ID, fileURL) }), []string{"files-read " + a.ID})
	s.same("changes of a second removal", s.logged(func() { s.removeFile(a.ID, fileURL) }), []string(nil))
	s.same("ItemFiles", s.itemFiles(a.ID), []federation.File{{Item: a.ID, URL: fileURL + "2", Pages: []string{"deux"}}})
}

func fileUnknown(s store) {
	a, _, _ := threeItems(s)
	s.withdraw(a.ID)
	for _, id := range []string{a.ID, "unknown"} {
		err := s.InTx(s.ctx, func(tx federation.Tx) error {
			return tx.SaveFile(s.ctx, federation.File{Item: id, URL: fileURL}, day(3))
		})
		s.wantErr("SaveFile("+id+")", err, federation.ErrNotFound)
	}
	s.removeFile("unknown", fileURL)
}

func filesApart(s store) {
	a, b, _ := threeItems(s)
	s.saveFile(federation.File{Item: a.ID, URL: fileURL, Pages: []string{"alba"}}, federation.File{Item: b.ID, URL: fileURL, Pages: []string{"brig"}})
	s.removeFile(a.ID, fileURL)
	s.same("ItemFiles", s.itemFiles(a.ID, b.ID), []federation.File{{Item: b.ID, URL: fileURL, Pages: []string{"brig"}}})
}
