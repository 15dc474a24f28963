package local

import (
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"

	"github.com/plonegov/carillon/federation"
)

// position is the place behind a hit in the hits of a query, and what the page
// it ended was ranked by. Items that come in meanwhile move nothing: each
// further page is the part of the order that lies behind the position.
type position struct {
	key     int64
	id      string
	ranking *ranking
}

const (
	cursorVersion = 3
	cursorHead    = 1 + 8 + 4 + 2 + 2 + 1 // version, key, now, cut, means, words
	cursorSum     = 4                     // against cursors cut short in a mail, not against forgers
)

// String is the text of a position, for Result.Next.
func (p position) String() string {
	r := p.ranking
	b := append(make([]byte, 0, cursorHead+maxWords+len(p.id)), cursorVersion)
	b = binary.BigEndian.AppendUint64(b, uint64(p.key))
	b = binary.BigEndian.AppendUint32(b, r.now)
	b = binary.BigEndian.AppendUint16(b, r.cut)
	b = append(b, r.mean[titleField], r.mean[bodyField], byte(len(r.rarity)))
	b = append(b, r.rarity...)
	b = append(b, p.id...)
	b = binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b))
	return base64.RawURLEncoding.EncodeToString(b)
}

// parsePosition undoes String. It refuses what String cannot have made.
func parsePosition(s string) (*position, error) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(s)
	if err != nil || len(b) < cursorHead+cursorSum {
		return nil, errPosition()
	}
	b, sum := b[:len(b)-cursorSum], b[len(b)-cursorSum:]
	if binary.BigEndian.Uint32(sum) != crc32.ChecksumIEEE(b) || b[0] != cursorVersion {
		return nil, errPosition()
	}
	words := int(b[cursorHead-1])
	if words > maxWords || len(b) <= cursorHead+words {
		return nil, errPosition()
	}
	r := &ranking{now: binary.BigEndian.Uint32(b[9:]), cut: binary.BigEndian.Uint16(b[13:])}
	r.mean[titleField], r.mean[bodyField] = b[15], b[16]
	r.rarity = b[cursorHead : cursorHead+words : cursorHead+words]
	return &position{
		key:     int64(binary.BigEndian.Uint64(b[1:])),
		id:      string(b[cursorHead+words:]),
		ranking: r.prepared(),
	}, nil
}

func errPosition() error {
	return federation.InvalidAs("cursor", "cursor", "", "is not one that this search gave; start again without it")
}

// passed reports whether h stands behind p.
func (p *position) passed(h hit) bool {
	return h.key < p.key || h.key == p.key && h.id() > p.id
}
