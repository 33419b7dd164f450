"""The Archive tab: a table of all releases to search, sort and filter, and the audit of dates."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chat.markup import date_html, esc, is_iso, title_html
from chat.plots import day_range
from index.database import Listed

PAGE = 50
SORTS = {"date": "Date", "title": "Title", "issuer": "Issuer", "chars": "Length"}
ONLY = {
    "all": "All releases",
    "undated": "Date not stated",
    "partial": "Only a month or year stated",
    "conflicts": "More than one date to choose from",
}


@dataclass(frozen=True, slots=True)
class View:
    """What of the archive is shown, and in which order."""

    text: str = ""
    issuer: str = ""
    date_from: str = ""
    date_to: str = ""
    only: str = "all"
    sort: str = "date"
    descending: bool = True
    page: int = 1

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> "View":
        """A view from what the browser sent; what cannot be read falls back to the default."""
        plain = {
            name: str(fields.get(name) or "").strip()[:200]
            for name in ("text", "issuer", "date_from", "date_to")
        }
        for name in ("date_from", "date_to"):
            if not is_iso(plain[name]):
                plain[name] = ""
        only, sort, page = fields.get("only"), fields.get("sort"), fields.get("page")
        return cls(
            **plain,
            only=only if only in ONLY else "all",
            sort=sort if sort in SORTS else "date",
            descending=fields.get("descending") is not False,
            page=page if isinstance(page, int) and page > 0 else 1,
        )


def select(rows: Sequence[Listed], view: View) -> list[Listed]:
    """The releases of a view in its order, the undated last whichever way dates run."""
    words = view.text.casefold().split()
    first = _days(view.date_from)[0] if view.date_from else ""
    last = _days(view.date_to)[1] if view.date_to else ""
    kept = [r for r in rows if _within(r.date, first, last) and _kept(r, view, words)]
    if view.sort == "date":
        dated = sorted((r for r in kept if r.date), key=lambda r: str(r.date))
        if view.descending:
            dated.reverse()
        return dated + [r for r in kept if not r.date]
    if view.sort == "chars":
        return sorted(kept, key=lambda r: r.chars, reverse=view.descending)
    return sorted(
        kept, key=lambda r: str(getattr(r, view.sort) or "").casefold(), reverse=view.descending
    )


def _kept(row: Listed, view: View, words: Sequence[str]) -> bool:
    if words:
        hay = f"{row.title or ''} {row.issuer or ''} {row.source} {row.date or ''}".casefold()
        if not all(w in hay for w in words):
            return False
    if view.issuer and row.issuer != view.issuer:
        return False
    return _is(row, view.only)


def _is(row: Listed, only: str) -> bool:
    if only == "undated":
        return row.date is None
    if only == "partial":
        return row.date is not None and len(row.date) < 10
    return only == "all" or row.conflicts > 0


def _within(date: str | None, first: str, last: str) -> bool:
    """Whether all days that a date may mean lie from first to last, ISO days or "" for open."""
    if not first and not last:
        return True
    if date is None:
        return False
    starts, ends = (date, date) if len(date) == 10 else _days(date)
    return (not first or starts >= first) and (not last or ends <= last)


def _days(date: str) -> tuple[str, str]:
    first, last = day_range(date)
    return first.isoformat(), last.isoformat()


def table_html(rows: Sequence[Listed], view: View, text_of: Callable[[str], str]) -> str:
    """The table of a view with its count, sortable headers and pages.

    text_of: the text of a release by its id, asked for those without a title only.
    """
    found = select(rows, view)
    pages = max(1, -(-len(found) // PAGE))
    page = min(view.page, pages)
    shown = found[(page - 1) * PAGE : page * PAGE]
    body = "".join(_row(r, None if r.title else text_of(r.release_id)) for r in shown)
    count = f"{len(found):,} of {len(rows):,} release{'' if len(rows) == 1 else 's'}"
    if not found:
        return f'<p class="count" role="status">{count}</p><p>None fits these filters.</p>'
    return (
        f'<p class="count" role="status">{count}</p><table class="releases"><caption class="sr">'
        f"Releases of the archive</caption><thead><tr>{_heads(view)}</tr></thead>"
        f"<tbody>{body}</tbody></table>{_pager(page, pages)}"
    )


def _heads(view: View) -> str:
    cells = []
    for key, label in SORTS.items():
        active = key == view.sort
        order = ("descending" if view.descending else "ascending") if active else "none"
        arrow = (" ↓" if view.descending else " ↑") if active else ""
        cells.append(
            f'<th scope="col" aria-sort="{order}"><button type="button" data-sort="{key}">{label}'
            f'<span aria-hidden="true">{arrow}</span></button></th>'
        )
    return "".join(cells)


def _row(row: Listed, text: str | None) -> str:
    rule = f'<span class="rule">{esc(row.date_rule)}</span>' if row.date_rule else ""
    conflict = (
        f'<span class="conflict">{row.conflicts} other date{"s" if row.conflicts > 1 else ""}'
        " on the page</span>"
        if row.conflicts
        else ""
    )
    return (
        f'<tr><td>{date_html(row.date)}{rule}{conflict}</td><td><button type="button" class="open"'
        f' data-release="{esc(row.release_id)}">{title_html(row.title, text)}</button>'
        f'<span class="file">{esc(row.source)}</span></td>'
        f'<td>{esc(row.issuer or "Not stated")}</td><td class="number">{row.chars:,}</td></tr>'
    )


def _pager(page: int, pages: int) -> str:
    if pages == 1:
        return ""
    return (
        '<nav class="pager" aria-label="Pages">'
        f'<button type="button" data-page="{page - 1}"{" disabled" if page == 1 else ""}>Previous'
        f"</button><span>Page {page:,} of {pages:,}</span>"
        f'<button type="button" data-page="{page + 1}"{" disabled" if page == pages else ""}>Next'
        "</button></nav>"
    )


def audit_html(rows: Sequence[Listed]) -> str:
    """How many releases state a day, a month or year only, nothing, or several dates."""
    day = sum(r.date is not None and len(r.date) == 10 for r in rows)
    partial = sum(_is(r, "partial") for r in rows)
    undated = sum(r.date is None for r in rows)
    conflicts = sum(r.conflicts > 0 for r in rows)
    tiles = [
        ("all", day, "state the day"),
        ("partial", partial, "state only a month or year"),
        ("undated", undated, "state no date"),
        ("conflicts", conflicts, "carry other dates that could be taken for it"),
    ]
    items = "".join(
        f'<li><button type="button" data-only="{key}"><b>{count:,}</b> {words}</button></li>'
        for key, count, words in tiles
    )
    return f'<ul class="audit">{items}</ul>'
