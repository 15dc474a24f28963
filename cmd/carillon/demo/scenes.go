package demo

import (
	"image/color"
	"math"
)

// scenes are the pictures that content may name.
var scenes = map[string]scene{
	"bridge": {rgb(0xf2a65e), rgb(0xfdebcb), layers(
		[]shape{disc(veil(0xfff6d8, 70), 470, 150, 86), disc(rgb(0xfff6d8), 470, 150, 46),
			hills(rgb(0xd9a877), 215, 22, 420, 0), hills(rgb(0xa88663), 240, 14, 300, 90)},
		water(rgb(0x6f8fa0), 262), bridge())},
	"pool": {rgb(0xd7f1f5), rgb(0xeafafa), layers(
		[]shape{rect(rgb(0xb9d9de), 0, 0, width, 150)}, poolWindows(), water(rgb(0x2a9dc0), 190),
		[]shape{rect(rgb(0xf4f7f2), 0, 176, width, 14)}, laneRopes())},
	"market": {rgb(0xcfe3ea), rgb(0xfbf3e2), layers(
		house(rgb(0xc98f6b), rgb(0x7d4538), 20, 250, 130, 150), house(rgb(0xe4c7a0), rgb(0x8b5a48), 165, 250, 110, 125),
		[]shape{polygon(rgb(0x6b4a3a), 290, 140, 470, 50, 640, 140), rect(rgb(0xa67c5b), 305, 140, 335, 110)},
		[]shape{rect(rgb(0xd8cbb4), 0, 250, width, 110)},
		stall(30, 320, 170, rgb(0xc8402f)), stall(235, 330, 170, rgb(0x2f7d6b)), stall(440, 320, 170, rgb(0xe0a526)))},
	"books":     {rgb(0x3a2a2e), rgb(0x5a4038), bookshelf()},
	"digs":      {rgb(0xbfd9e8), rgb(0xf3ead6), layers([]shape{hills(rgb(0x9db38a), 150, 16, 360, 40), rect(rgb(0xc49a6c), 0, 190, width, 170)}, trenches())},
	"glass":     {rgb(0xe9f1f6), rgb(0xc7d8e4), flasks()},
	"timber":    {rgb(0xbcd4de), rgb(0xf4efe2), layers(timbered(60, rgb(0xb5523b)), timbered(235, rgb(0x7d9a6b)), timbered(410, rgb(0x4f6f92)), []shape{rect(rgb(0xb9a88c), 0, 318, width, 42)})},
	"fair":      {rgb(0x9fd0e6), rgb(0xfdf4dc), fair()},
	"organ":     {rgb(0x2d2026), rgb(0x5b3d33), organ()},
	"school":    {rgb(0xb8dcec), rgb(0xf6f3df), layers([]shape{hills(rgb(0x9dbb84), 236, 20, 380, 10)}, forest(rgb(0x3f6b52), 0, 200, 268, 110), school())},
	"station":   {rgb(0xf4d4b4), rgb(0xfbf2e4), station()},
	"garden":    {rgb(0xbfe3ee), rgb(0xf7f6e0), garden()},
	"canal":     {rgb(0xbfdbe8), rgb(0xf3f4ea), canal()},
	"mountain":  {rgb(0x8fbbd8), rgb(0xf3ebe0), mountain()},
	"recycling": {rgb(0xcfe8d8), rgb(0xf6f8ea), recycling()},
	"belfry":    {rgb(0x101a3c), rgb(0x4a4f86), belfry()},
	"night":     {rgb(0x0b1330), rgb(0x34406e), layers(stars(120, 230), []shape{disc(rgb(0xf6efce), 500, 80, 30), disc(rgb(0x18224a), 488, 73, 27), hills(rgb(0x1c2a4a), 250, 40, 520, 60)}, forest(rgb(0x14243a), -20, 660, 330, 90), []shape{hills(rgb(0x0d1626), 335, 8, 300, 0)})},
	"winter":    {rgb(0xb9c9da), rgb(0xf4f1f0), winter()},
	"meander":   {rgb(0xa8d0e6), rgb(0xf6f1dd), meander()},
	"bus":       {rgb(0x131a40), rgb(0x4b3f74), bus()},
	"towpath":   {rgb(0xa9d3e8), rgb(0xf8f2dc), towpath()},
}

func bridge() []shape {
	stone, dark := rgb(0x8d6a52), rgb(0x6f513e)
	out := []shape{rect(stone, 0, 214, width, 70), rect(dark, 0, 206, width, 10)}
	for i := range 3 {
		x := 42 + float64(i)*192
		out = append(out, arch(rgb(0xe8b987), x, 284, 172, 64), rect(rgb(0x6f8fa0), x, 264, 172, 20))
	}
	for i := range 4 {
		x := 22 + float64(i)*192
		out = append(out, polygon(dark, x, 214, x+20, 214, x+26, 300, x-6, 300))
	}
	return out
}

func poolWindows() []shape {
	var out []shape
	for i := range 6 {
		out = append(out, rect(rgb(0xf2fbff), 20+float64(i)*104, 20, 84, 118), rect(rgb(0xa9d5b5), 20+float64(i)*104, 100, 84, 38))
	}
	return out
}

func laneRopes() []shape {
	var out []shape
	for lane := range 4 {
		for i := range 24 {
			near := float64(lane-1)*150 + 170
			far := float64(lane-1)*70 + 285
			t, u := float64(i)/24, float64(i+1)/24
			c := rgb(0xe4572e)
			if i%2 == 0 {
				c = rgb(0xffffff)
			}
			x1, x2 := far+(near-far)*t, far+(near-far)*u
			y1, y2 := 192+168*t, 192+168*u
			out = append(out, polygon(c, x1, y1, x1+2+4*t, y1, x2+2+4*u, y2, x2, y2))
		}
	}
	return out
}

func bookshelf() []shape {
	colours := []color.RGBA{rgb(0xb5472f), rgb(0xe2b04a), rgb(0x2f6f73), rgb(0x87a878), rgb(0x2d3e63), rgb(0xd98f6b), rgb(0xefe3c8), rgb(0x6b3f5c)}
	var out []shape
	for row := range 2 {
		foot := 172 + float64(row)*170
		for i, x := 0, 6.0; x < width-12; i++ {
			w, h := 17+float64(i*29%19), 106+float64((i+row*3)*37%40)
			c := colours[(i*5+row*3+i/4)%len(colours)]
			out = append(out, rect(c, x, foot-h, w, h), rect(veil(0xffffff, 90), x, foot-h+14, w, 4), rect(veil(0, 60), x, foot-26, w, 5), rect(veil(0, 70), x+w-3, foot-h, 3, h))
			x += w + 2
		}
		out = append(out, rect(rgb(0x2a1b16), 0, foot, width, 12))
	}
	return out
}

func trenches() []shape {
	var out []shape
	for i := range 3 {
		x, y := 60+float64(i)*190, 225+float64(i%2)*22
		out = append(out, polygon(rgb(0x8a5f3d), x, y, x+140, y, x+160, y+86, x-20, y+86), polygon(rgb(0x6f4a2f), x+12, y+14, x+128, y+14, x+142, y+76, x-4, y+76),
			disc(rgb(0xb98a5e), x+66, y+46, 20), disc(rgb(0x55371f), x+66, y+46, 12))
		for j := range 4 {
			out = append(out, rect(rgb(0xf6f2e6), x-24+float64(j)*60, y-22, 3, 24))
		}
	}
	return out
}

func flasks() []shape {
	out := []shape{rect(rgb(0x9b7653), 0, 300, width, 60), rect(rgb(0x7f5d3f), 0, 300, width, 6)}
	colours := []uint32{0x1f4e9c, 0x2f8f83, 0x5b7fd0, 0x7a4fa3, 0x1b6fa8, 0x74a892}
	for i, c := range colours {
		x, r := 70+float64(i)*100, 30+float64(i*13%16)
		out = append(out, rect(veil(c, 190), x-9, 300-2*r-70, 18, 84), disc(veil(c, 190), x, 300-r, r), rect(veil(c, 230), x-14, 300-2*r-74, 28, 8),
			disc(veil(0xffffff, 90), x-r*0.35, 300-r*1.3, r*0.24))
	}
	return out
}

func timbered(x float64, colour color.RGBA) []shape {
	beam := rgb(0x4a3426)
	out := []shape{rect(mix(colour, rgb(0xfff6e6), 0.35), x, 130, 165, 190), polygon(rgb(0x7a4a3a), x-12, 132, x+177, 132, x+82, 36)}
	for i := range 4 {
		out = append(out, rect(beam, x+float64(i)*52, 130, 9, 190), rect(beam, x, 130+float64(i)*60, 165, 8))
	}
	for i := range 3 {
		left := x + float64(i)*52
		out = append(out, polygon(beam, left+9, 198, left+17, 198, left+52, 250, left+44, 250))
		out = append(out, rect(rgb(0x2f3b46), left+17, 146, 28, 34), rect(rgb(0xf3ead2), left+30, 146, 2, 34))
	}
	return append(out, rect(colour, x+64, 268, 36, 52))
}

func fair() []shape {
	flags := []color.RGBA{rgb(0xc8402f), rgb(0xe0a526), rgb(0x2f7d6b), rgb(0xf7efe0), rgb(0x35558a)}
	return layers([]shape{hills(rgb(0xa7c48f), 250, 16, 400, 0)},
		house(rgb(0xe7c9a4), rgb(0x8b4a3a), 20, 290, 110, 120), house(rgb(0xd1a587), rgb(0x6f4438), 512, 290, 110, 140),
		[]shape{rect(rgb(0xcdbf9f), 0, 288, width, 72)},
		bunting(0, 60, 340, 40, flags...), bunting(320, 40, 640, 80, flags...), bunting(0, 130, 640, 110, flags[2], flags[0], flags[3]),
		stall(180, 330, 130, rgb(0xc8402f)), stall(330, 330, 130, rgb(0x35558a)))
}

func organ() []shape {
	var out []shape
	heights := []float64{150, 170, 190, 215, 240, 215, 190, 170, 150}
	for tower := range 3 {
		for i, h := range heights {
			x, foot := 52+float64(tower)*186+float64(i)*18, 300.0
			if tower == 1 {
				h += 30
			}
			out = append(out, polygon(rgb(0xcfc3a4), x, foot-h, x+15, foot-h, x+15, foot-24, x+8, foot, x, foot-24), rect(veil(0xffffff, 110), x+3, foot-h+4, 3, h-30), rect(rgb(0x4a3b30), x+3, foot-44, 9, 12))
		}
		out = append(out, rect(rgb(0x8a5f35), 44+float64(tower)*186, 300, 178, 18))
	}
	return append(out, rect(rgb(0x6b4526), 0, 318, width, 42), rect(rgb(0xe9c46a), 0, 316, width, 3))
}

func school() []shape {
	out := []shape{rect(rgb(0xcfd8a8), 0, 280, width, 80), rect(rgb(0xe9d3b0), 210, 170, 250, 120),
		polygon(rgb(0x8d4436), 196, 172, 474, 172, 430, 112, 240, 112), rect(rgb(0xe9d3b0), 318, 78, 36, 40), polygon(rgb(0x8d4436), 310, 80, 362, 80, 336, 48),
		disc(rgb(0xc79a2b), 336, 100, 9)}
	for i := range 4 {
		out = append(out, rect(rgb(0x3b5563), 228+float64(i)*30, 198, 22, 44), rect(rgb(0x3b5563), 398+float64(i%2)*30, 198, 22, 44))
	}
	out = append(out, arch(rgb(0x7a2f2f), 358, 290, 32, 66))
	return append(append(out, tree(rgb(0x5d8a4a), 540, 300, 150)...), tree(rgb(0x6f9a52), 150, 306, 110)...)
}

func station() []shape {
	brick := rgb(0xb05a3f)
	out := []shape{hills(rgb(0xc4b890), 240, 18, 500, 0), rect(brick, 60, 150, 330, 130), polygon(rgb(0x5a4a4f), 46, 152, 404, 152, 372, 108, 78, 108), rect(brick, 180, 84, 90, 196), polygon(rgb(0x5a4a4f), 170, 86, 280, 86, 225, 44), disc(rgb(0xfaf3df), 225, 112, 19), rect(rgb(0x2d2a33), 224, 98, 2, 15), rect(rgb(0x2d2a33), 225, 111, 11, 2)}
	for i := range 6 {
		out = append(out, arch(rgb(0xf3dba6), 76+float64(i)*54, 236, 26, 52))
	}
	out = append(out, rect(rgb(0xa79c8e), 0, 280, width, 14), rect(rgb(0x6d665f), 0, 294, width, 66), rect(rgb(0xd8d2c8), 0, 318, width, 4), rect(rgb(0xd8d2c8), 0, 340, width, 4))
	out = append(out, rect(rgb(0x1f5f8b), 360, 200, 290, 110), rect(rgb(0xf2c14e), 360, 262, 290, 8), polygon(rgb(0x1f5f8b), 332, 240, 362, 200, 362, 310, 332, 310))
	for i := range 4 {
		out = append(out, rect(rgb(0xd6ebf5), 384+float64(i)*66, 216, 46, 36))
	}
	return out
}

func garden() []shape {
	out := []shape{hills(rgb(0xb7d39a), 210, 14, 420, 30), rect(rgb(0x9cc27c), 0, 240, width, 120),
		polygon(rgb(0xe6d3a8), 290, 240, 330, 240, 420, 360, 200, 360)}
	for i := range 5 {
		x := 60 + float64(i)*135
		out = append(out, tree([]color.RGBA{rgb(0x4f8a4b), rgb(0x6fa353), rgb(0x3f7a55)}[i%3], x, 262+float64(i%2)*14, 130)...)
	}
	for i := range 40 {
		c := []color.RGBA{rgb(0xe4572e), rgb(0xf4c95d), rgb(0xd86c9a), rgb(0xffffff)}[i%4]
		x := float64(i * 97 % width)
		if y := 290 + float64(i*53%66); x < 190 || x > 440 {
			out = append(out, disc(c, x, y, 4))
		}
	}
	return out
}

func canal() []shape {
	walls := []color.RGBA{rgb(0xa44a3f), rgb(0xe1c699), rgb(0x6f7f8f), rgb(0xc77d4f), rgb(0xefe6d2), rgb(0x8a5a4a)}
	var row []shape
	for i, c := range walls {
		x, h := 10+float64(i)*104, 92+float64(i*31%50)
		row = append(row, house(c, mix(c, rgb(0x2b2528), 0.55), x, 226, 92, h)...)
	}
	row = append(row, tree(rgb(0x4f7f52), 110, 228, 84)...)
	row = append(row, tree(rgb(0x5d8f5a), 424, 228, 92)...)
	out := append(row, rect(rgb(0x8d8478), 0, 226, width, 12))
	out = append(out, rect(rgb(0x86abc0), 0, 238, width, 122))
	out = append(out, mirror(row, 238)...)
	out = append(out, rect(veil(0xffffff, 60), 40, 282, 150, 2), rect(veil(0xffffff, 60), 350, 306, 190, 2), rect(veil(0xffffff, 60), 220, 332, 120, 2))
	return append(out, polygon(rgb(0x3b2f2f), 236, 286, 396, 286, 376, 312, 252, 312), rect(rgb(0xf2c14e), 280, 268, 66, 18))
}

func mountain() []shape {
	return layers([]shape{polygon(rgb(0x9aa9bd), 0, 260, 120, 130, 210, 210, 300, 110, 420, 240, 520, 150, 640, 250, 640, 360, 0, 360),
		polygon(rgb(0x9c5b4f), 150, 330, 330, 58, 380, 120, 410, 104, 560, 330), polygon(rgb(0xf7ede4), 330, 58, 292, 116, 318, 106, 336, 126, 356, 108, 372, 112),
		hills(rgb(0x6d8f6a), 268, 20, 460, 20)}, forest(rgb(0x35604a), -10, 650, 330, 84),
		[]shape{hills(rgb(0x274a3a), 332, 6, 260, 0), polygon(rgb(0x333a44), 0, 250, 640, 92, 640, 94, 0, 252), rect(rgb(0xc8304b), 226, 206, 34, 28), rect(rgb(0x333a44), 242, 194, 2, 12), rect(rgb(0xfbe9e4), 231, 211, 24, 10)})
}

func recycling() []shape {
	out := layers([]shape{hills(rgb(0xb4d6a6), 226, 14, 400, 0)}, tree(rgb(0x5b9560), 80, 270, 150), tree(rgb(0x6fa86a), 560, 270, 170), tree(rgb(0x4c8558), 320, 262, 130),
		[]shape{rect(rgb(0xcdd7c0), 0, 276, width, 84)})
	for i, c := range []color.RGBA{rgb(0x2468a8), rgb(0xe3b23c), rgb(0x3b8f5a)} {
		x := 130 + float64(i)*140
		out = append(out, polygon(c, x, 200, x+104, 200, x+96, 330, x+8, 330), rect(mix(c, rgb(0x000000), 0.25), x-6, 184, 116, 18), disc(rgb(0xf8f8f2), x+52, 256, 24), disc(c, x+52, 256, 13),
			disc(rgb(0x30343a), x+24, 334, 9), disc(rgb(0x30343a), x+80, 334, 9))
	}
	return out
}

func belfry() []shape {
	stone := rgb(0x2a2748)
	out := layers(stars(80, 220), []shape{disc(veil(0xf6e7b0, 60), 150, 92, 62), disc(rgb(0xf6e7b0), 150, 92, 36),
		hills(rgb(0x23254c), 290, 20, 380, 0),
		rect(stone, 380, 130, 96, 230), polygon(rgb(0x1c1a36), 368, 132, 488, 132, 428, 20), rect(rgb(0x1c1a36), 426, 4, 4, 24),
		rect(stone, 230, 190, 60, 170), polygon(rgb(0x1c1a36), 222, 192, 298, 192, 260, 84)})
	for i := range 3 {
		out = append(out, arch(rgb(0xf2c777), 392+float64(i)*27, 196, 18, 44))
	}
	out = append(out, disc(rgb(0xf4ead0), 428, 234, 21), rect(rgb(0x2a2748), 427, 218, 2, 17), rect(rgb(0x2a2748), 428, 233, 12, 2), arch(rgb(0xf2c777), 252, 232, 16, 34))
	for i := range 7 {
		x := float64(i) * 96
		out = append(out, house(rgb(0x1b1a33), rgb(0x13122a), x, 370, 88, 56+float64(i*17%30))...)
		out = append(out, rect(rgb(0xf0bf6a), x+16, 324, 12, 14), rect(rgb(0xf0bf6a), x+56, 330, 12, 14))
	}
	return out
}

func towpath() []shape {
	out := []shape{disc(rgb(0xfff3c4), 520, 80, 32), hills(rgb(0xb9cf98), 208, 16, 420, 0), rect(rgb(0x8fb878), 0, 226, width, 134),
		polygon(rgb(0x7fb0c8), 0, 236, 250, 222, 300, 222, 190, 360, 0, 360), polygon(rgb(0xe3cfa2), 330, 222, 344, 222, 430, 360, 290, 360)}
	for i := range 6 {
		t := float64(5-i) / 5
		out = append(out, poplar(mix(rgb(0x4d8250), rgb(0xb9cf98), t*0.5), 385+(1-t)*210, 236+(1-t)*70, 70+(1-t)*170)...)
	}
	return out
}

func winter() []shape {
	snow := rgb(0xf7fafc)
	out := layers([]shape{hills(rgb(0xdfe8f0), 190, 26, 460, 20)}, forest(rgb(0x54706f), 0, 240, 262, 110), forest(rgb(0x54706f), 420, 660, 270, 120),
		[]shape{hills(snow, 262, 8, 420, 60), polygon(rgb(0x8d98a5), 316, 250, 330, 250, 470, 360, 190, 360)})
	for i := range 5 {
		t := float64(i) / 5
		out = append(out, polygon(rgb(0xf6e7a8), 322-2*t, 256+100*t, 324+2*t, 256+100*t, 325+4*t, 268+100*t, 321-4*t, 268+100*t))
	}
	out = append(out, house(rgb(0xc98a66), snow, 70, 292, 110, 80)...)
	for i := range 70 {
		out = append(out, disc(veil(0xffffff, 220), float64(i*151%width), float64(i*89%height), 1.5+float64(i%3)))
	}
	return out
}

func meander() []shape {
	river, meadow := rgb(0x5a9fc0), rgb(0x9cc27a)
	out := []shape{hills(rgb(0xb5cd96), 176, 18, 420, 30), rect(meadow, 0, 196, width, 164)}
	for i := range 164 {
		y := 196 + float64(i)
		t := float64(i) / 164
		bend := 320 + (60+150*t)*math.Sin(t*8.5+0.4)
		half := 5 + 62*t*t
		out = append(out, rect(rgb(0x86ad66), bend-half-6-8*t, y, 2*half+12+16*t, 1), rect(river, bend-half, y, 2*half, 1))
	}
	for i := range 12 {
		out = append(out, tree([]color.RGBA{rgb(0x4f8a4b), rgb(0x6fa353)}[i%2], float64(i*139%width), 206+float64(i*7%14), 44+float64(i*5%20))...)
	}
	return out
}

func bus() []shape {
	out := layers(stars(60, 150), []shape{hills(rgb(0x241f4c), 200, 20, 460, 0)})
	for i := range 8 {
		out = append(out, house(rgb(0x2b2550), rgb(0x1c1838), float64(i)*84-10, 268, 72, 60+float64(i*23%50))...)
		out = append(out, rect(rgb(0xf0bf6a), float64(i)*84+8, 228, 11, 14))
	}
	out = append(out, rect(rgb(0x1b1a2e), 0, 266, width, 94), rect(rgb(0xe8d9a0), 40, 326, 90, 4), rect(rgb(0xe8d9a0), 260, 326, 90, 4), rect(rgb(0xe8d9a0), 480, 326, 90, 4),
		polygon(veil(0xffefb0, 70), 506, 276, 640, 240, 640, 320, 506, 292))
	out = append(out, rect(rgb(0xd8342c), 160, 176, 350, 118), rect(rgb(0xf6f2ea), 160, 250, 350, 10), rect(rgb(0x9f2420), 160, 170, 350, 10))
	for i := range 5 {
		out = append(out, rect(rgb(0xffe2a0), 176+float64(i)*58, 192, 48, 44))
	}
	return append(out, rect(rgb(0xcfe4ee), 466, 190, 38, 74), disc(rgb(0x111118), 230, 296, 24), disc(rgb(0x8c8c96), 230, 296, 10), disc(rgb(0x111118), 436, 296, 24), disc(rgb(0x8c8c96), 436, 296, 10), disc(rgb(0xfff6cf), 504, 280, 6))
}
