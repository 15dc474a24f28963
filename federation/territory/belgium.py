#!/usr/bin/env python3
"""Makes belgium.json.gz: the outlines of the municipalities of Belgium.

Source: statistical sectors of 1 January 2011, Statbel (Directorate-General
Statistics - Statistics Belgium), open data, CC BY 4.0; put together by
municipality and brought to WGS 84 in the R package BelgiumMaps.StatBel
(BNOSAC, https://github.com/bnosac/BelgiumMaps.StatBel, CC BY 2.0).

    pip install rdata
    git clone https://github.com/bnosac/BelgiumMaps.StatBel
    ./belgium.py BelgiumMaps.StatBel/data/BE_ADMIN_MUNTY.RData belgium.json.gz

Changed here: points are put on a grid of 1/1,000 of a degree, so that
neighbours still touch; municipalities that merged or were given another code
until 1 January 2025 are joined, the borders between them left out.
"""

import gzip
import json
import sys

import rdata

GRID = 1000  # steps of a degree
UNIT = 100_000 // GRID  # federation.Outline counts in 1/100,000

# The codes (NIS) since 1 January 2025, each with those of 2011 that it took
# over. 2019: mergers in Flanders, new districts in Hainaut. 2025: mergers.
BECAME = {
    "11002": ["11007"],
    "12041": ["12030", "12034"],
    "23106": ["23023", "23024", "23032"],
    "37021": ["37012", "37018"],
    "37022": ["37007", "37015"],
    "44083": ["44011", "44049"],
    "44084": ["44001", "44029"],
    "44085": ["44036", "44072", "44080"],
    "44086": ["44012", "44048"],
    "44087": ["44034", "44073"],
    "44088": ["44040", "44043"],
    "45068": ["45017", "45057"],
    "46029": ["44045", "46014"],
    "46030": ["11056", "46003", "46013"],
    "51067": ["55010"],
    "51068": ["55039"],
    "51069": ["55023"],
    "55085": ["52063"],
    "55086": ["52043"],
    "57096": ["54007"],
    "57097": ["54010"],
    "58001": ["55022"],
    "58002": ["56011"],
    "58003": ["56085"],
    "58004": ["56087"],
    "71071": ["71057", "71069"],
    "71072": ["71022", "73040"],
    "72042": ["71047", "72040"],
    "72043": ["72025", "72029"],
    "73110": ["73006", "73032"],
    "73111": ["73009", "73083"],
    "82039": ["82003", "82005"],
}
NOW = {old: new for new, olds in BECAME.items() for old in olds}


def on_grid(ring):
    """The ring on the grid, closed, no point twice in a row."""
    out = []
    for lon, lat in ring:
        p = (round(float(lat) * GRID), round(float(lon) * GRID))
        if not out or out[-1] != p:
            out.append(p)
    return out


def edges(rings):
    """The sides of the rings; two that run the same line cancel each other."""
    out = set()
    for ring in rings:
        for a, b in zip(ring, ring[1:]):
            out ^= {(min(a, b), max(a, b))}
    return out


def chained(sides):
    """Closed rings made of all the sides."""
    beside = {}
    for a, b in sorted(sides):
        beside.setdefault(a, []).append(b)
        beside.setdefault(b, []).append(a)
    rings = []
    for start in sorted(beside):
        while beside[start]:
            ring = [start]
            while True:
                here = ring[-1]
                there = beside[here].pop()
                beside[there].remove(here)
                ring.append(there)
                if there == start:
                    break
            rings.append(ring)
    return [straight(r) for r in rings if len(r) > 3]


def straight(ring):
    """The ring without points in the middle of a straight line."""
    out = ring[:1]
    for a, b in zip(ring[1:], ring[2:] + ring[1:2]):
        o = out[-1]
        if a == ring[0] or (a[0] - o[0]) * (b[1] - a[1]) != (a[1] - o[1]) * (b[0] - a[0]):
            out.append(a)
    return out


def stored(ring):
    """The ring as federation.Outline is written: steps from point to point."""
    out, lat, lon = [], 0, 0
    for a, b in ring:
        out += [a * UNIT - lat, b * UNIT - lon]
        lat, lon = a * UNIT, b * UNIT
    return out


def main(source, target):
    read = rdata.conversion.convert(rdata.parser.parse_file(source), default_encoding="utf8")
    communes = read["BE_ADMIN_MUNTY"]
    rings = {}
    for code, area in zip(communes.data["CD_MUNTY_REFNIS"], communes.polygons):
        code = NOW.get(str(code), str(code))
        rings.setdefault(code, []).extend(on_grid(p.coords.values) for p in area.Polygons)
    out = {code: [stored(r) for r in chained(edges(rings[code]))] for code in sorted(rings)}
    with open(target, "wb") as f, gzip.GzipFile(filename="", mode="wb", fileobj=f, mtime=0) as z:
        z.write(json.dumps(out, separators=(",", ":")).encode())
    print(len(out), "municipalities,", sum(len(r) // 2 for rs in out.values() for r in rs), "points")


if __name__ == "__main__":
    main(*sys.argv[1:])
