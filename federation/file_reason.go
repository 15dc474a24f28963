package federation

// FileReason says why the text of a file that an item links, or a part of it,
// is not known. "" = all of it is.
type FileReason string

// The reasons. Those up to FileCut leave what could be read.
const (
	FileLong      FileReason = "long"      // it has more pages or text than are read
	FileSlow      FileReason = "slow"      // reading it took too long
	FileDamaged   FileReason = "damaged"   // it breaks off, or a part of it cannot be read
	FileLocked    FileReason = "locked"    // it asks for a password
	FileScanned   FileReason = "scanned"   // it holds pictures of pages, and no text
	FileUnknown   FileReason = "unknown"   // it is not PDF, ODT or DOCX whatever its name says
	FileLarge     FileReason = "large"     // it has more bytes than are fetched
	FileForbidden FileReason = "forbidden" // robots.txt or X-Robots-Tag asks not to read it
	FileMissing   FileReason = "missing"   // the address answers 404 or 410
	FileFailed    FileReason = "failed"    // the address cannot be read, for now
	FileTooMany   FileReason = "too-many"  // the item or the source links more than are read
)

// FileReasons lists the reasons in the order they are told: first what somebody
// has to look into.
var FileReasons = []FileReason{FileMissing, FileFailed, FileForbidden, FileLarge, FileLocked, FileScanned, FileDamaged, FileUnknown, FileSlow, FileLong, FileTooMany}
