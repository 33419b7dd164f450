"""bench.md and bench.svg from bench.json: what eval/bench.py measured, as tables and plots.

The record has up to three parts, each with `machine` and `load` of its run, and a `note` where
one was added by hand: "peers", "growth" and "full". A part that was not measured is left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from eval.charts import bars, lines, page

Part = Mapping[str, Any]

# What is wanted at full size: (what, its name in the figures, the most it may be, unit).
TARGETS = (
    ("search p95", "search_p95", 50, "ms"),
    ("whole answer p95", "answer_p95", 300, "ms"),
    ("peak memory", "memory_mb", 2_000, "MB"),
)


def report(record: Part) -> str:
    """The page of bench.md."""
    parts = ["# Speed, memory and size", "", *_intro(record)]
    if "full" in record:
        parts += _full(record)
    if "growth" in record:
        parts += _growth(record["growth"])
    if "peers" in record:
        parts += _peers(record["peers"])
    return "\n".join([*parts, "![The same as plots](bench.svg)", ""])


def _intro(record: Part) -> Iterator[str]:
    machines = list(dict.fromkeys(part["machine"] for part in record.values()))
    for machine in machines:
        names = ", ".join(name for name, part in record.items() if part["machine"] == machine)
        yield f"{machine} ({names})." if len(machines) > 1 else f"{machine}."
        yield ""
    yield "Written by `python -m eval.bench`; the figures with all digits are in bench.json."
    yield ""


def _full(record: Part) -> Iterator[str]:
    full = record["full"]
    yield f"## {full['quality']['releases']:,} releases"
    yield ""
    yield f"{_load(full)} Warm: asked before; latencies are in the next table."
    yield ""
    yield "| what | figure | wanted |"
    yield "| --- | --: | --: |"
    if "growth" in record:
        yield from _against_targets(record["growth"]["sizes"])
    crowd, cold, new, near = (full[name] for name in ("askers", "cold", "adding", "recall"))
    yield (
        f"| answers/s, {crowd['askers']} askers at once for {crowd['seconds']:.0f} s; one asker | "
        f"{crowd['many_per_s']:.1f}; {crowd['alone_per_s']:.1f} | at least as many |"
    )
    yield f"| errors meanwhile | {crowd['errors']} | 0 |"
    yield f"| peak memory, {crowd['askers']} askers | {crowd['memory_mb']:,.0f} MB | 2,000 MB |"
    yield f"| recall@10 of vectors, {near['questions']} questions | {near['of_questions']:.4f} | 0.98 |"
    yield f"| recall@10 of vectors, {near['sampled']:,} chunks | {near['of_chunks']:.4f} | 0.98 |"
    yield f"| `dateline ask`, new process | {cold['cached_s']:.2f} s | 3 s |"
    yield f"| the same, archive not in the disk cache | {cold['uncached_s']:.2f} s | 3 s |"
    yield f"| `dateline index` with {new['pages']} new pages, until found | {new['all_s']:.1f} s | 30 s |"
    yield f"| of these, until found by words | {new['words_s']:.1f} s | |"
    yield f"| `dateline index` without a change | {new['unchanged_s']:.1f} s | |"
    yield ""
    yield (
        f"Of the {new['added']} pages added, {new['found_by_words']} are found by a word of their "
        f"own and {new['found_by_vectors']} by the vector of their text."
    )
    yield ""


def _against_targets(sizes: Sequence[Part]) -> Iterator[str]:
    first, last = sizes[0], sizes[-1]
    for what, name, bound, unit in TARGETS:
        yield f"| {what} | {last[name]:,.1f} {unit} | {bound:,} {unit} |"
    ratio = last["search_p50"] / first["search_p50"]
    yield f"| search p50, to that at {first['releases']:,} releases | {ratio:.2f} | 3 |"


def _growth(growth: Part) -> Iterator[str]:
    yield f"## As an archive grows; medians of {growth['runs']} runs in turn"
    yield ""
    yield (
        f"{_load(growth)} Search is all from the question to its ten best chunks; p50 / p95 in ms "
        f"over {growth['asked']} questions. Within a year: with bounds of one year. BM25 and vectors: "
        "their search alone, 100 chunks each. Disk: without the cache of pages that speeds up the "
        "next build."
    )
    yield ""
    yield (
        "| releases | chunks | disk | open, first search | search | within a year | whole answer | "
        "embedding the question | BM25 | vectors | peak memory |"
    )
    yield "| --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |"
    for one in growth["sizes"]:
        names = ("search", "year", "answer", "embed", "words", "vectors")
        times = " | ".join(f"{one[f'{n}_p50']:.1f} / {one[f'{n}_p95']:.1f}" for n in names)
        yield (
            f"| {one['releases']:,.0f} | {one['chunks']:,.0f} | {_mb(one['disk_mb'])} | "
            f"{one['open_s']:.2f} s | {times} | {_mb(one['memory_mb'])} |"
        )
    yield ""
    first = growth["quality"][0]
    yield (
        f"Retrieval on {first['questions']} development questions: each size holds their gold "
        f"releases ({first['found']} of {first['golds']} were found by issuer, date and words; the "
        "others count as missed) among ever more others. Only gold releases count as right, though "
        "others may answer as well."
    )
    yield ""
    yield "| releases | | R@1 | R@10 | nDCG@10 |"
    yield "| --: | --- | --: | --: | --: |"
    for one in growth["quality"]:
        for name, values in one["systems"].items():
            figures = " | ".join(f"{values[m]:.3f}" for m in ("R@1", "R@10", "nDCG@10"))
            yield f"| {one['releases']:,} | {name} | {figures} |"
    yield ""


def _peers(peers: Part) -> Iterator[str]:
    yield f"## Against other frameworks; medians of {peers['runs']} runs in turn"
    yield ""
    yield (
        f"{_load(peers)} The same releases, model (all-MiniLM-L6-v2, loaded beforehand) and chunks "
        "of up to 200 tokens. Cores: CPU time by wall time while indexing. Times as fast: "
        "Dateline's releases/s on the same releases to the system's, and in brackets the same by "
        "core-second, which other load on the machine disturbs less. A question is embedded and "
        "ten chunks are found; Dateline searches by words as well."
    )
    yield ""
    yield (
        "| system | releases | releases/s (range) | Dateline is times as fast | characters/s | "
        "cores | chunks | peak memory | disk a release | question p50 | p95 |"
    )
    yield "| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |"
    ours = {run["releases"]: run for run in peers["systems"] if run["system"] == "dateline"}
    for run in peers["systems"]:
        base = ours[run["releases"]]
        times = base["releases_per_s"] / run["releases_per_s"]
        by_core = times * run["cores"] / base["cores"]
        yield (
            f"| {run['version']} | {run['releases']:,} | {run['releases_per_s']:.2f} "
            f"({run['slowest']:.2f} to {run['fastest']:.2f}) | {times:.2f} ({by_core:.2f}) | "
            f"{run['characters_per_s']:,.0f} | {run['cores']:.2f} | {run['chunks']:,} | "
            f"{run['peak_mb']:,.0f} MB | {run['disk_per_release'] / 1000:.1f} kB | "
            f"{run['p50']:.1f} ms | {run['p95']:.1f} ms |"
        )
    yield ""


def _load(part: Part) -> str:
    loads = f"Load average before {part['load'][0]:.1f}, after {part['load'][1]:.1f}."
    return f"{loads} {part['note']}" if "note" in part else loads


def _mb(value: float | None) -> str:
    return "not measured" if value is None else f"{value:,.0f} MB"


def plot(record: Part) -> str:
    """bench.svg: releases a second by system; latency and quality by size."""
    charts = []
    if "peers" in record:
        runs = record["peers"]["systems"]
        rates = {f"{run['system']} {run['releases']:,}": run["releases_per_s"] for run in runs}
        charts.append(bars("releases indexed a second, by system and number of releases", rates))
    if "growth" in record:
        sizes, quality = record["growth"]["sizes"], record["growth"]["quality"]
        xs = [one["releases"] for one in sizes]
        for what in ("search", "answer"):
            series = {share: [one[f"{what}_{share}"] for one in sizes] for share in ("p50", "p95")}
            charts.append(lines(f"{what} in ms by releases", xs, series))
        ndcg = {n: [q["systems"][n]["nDCG@10"] for q in quality] for n in quality[0]["systems"]}
        charts.append(lines("nDCG@10 by releases", xs, ndcg, digits=2))
    return page(charts)
