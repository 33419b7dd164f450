"""What was understood of a question, as controls: changing one asks again."""

from chat.markup import date_words, esc
from chat.plots import day_range
from chat.sessions import ANSWER_TYPES, Filters, Turn
from rag.records import Bounds, Query

TYPE_LABELS = {
    "who": "Who",
    "when": "When",
    "where": "Where",
    "how_many": "How many",
    "how_much": "How much",
    "what": "What",
    "why": "Why",
    "quote": "Their words",
    "list": "A list",
    "yes_no": "Yes or no",
    "latest": "The latest",
    "first": "The first",
    "timeline": "Over time",
    "compare": "Compare",
}
KEPT = {"answer_type": "what is looked for"}


def chips_html(turn: Turn) -> str:
    """What was understood, as controls; changing one asks again."""
    query, filters = turn.answer.query, turn.filters
    unset = '<option value="">As the question says</option>' if filters.answer_type else ""
    kinds = unset + "".join(
        f'<option value="{kind}"{" selected" if kind == query.answer_type else ""}>'
        f"{TYPE_LABELS.get(kind, kind)}</option>"
        for kind in ANSWER_TYPES
    )
    chips = [
        f'<label class="chip"><span>Looking for</span><select name="answer_type">{kinds}'
        "</select></label>",
        _date_chip("Released from", "date_from", query.bounds.start or filters.date_from),
        _date_chip("to", "date_to", query.bounds.end or filters.date_to),
        '<label class="chip"><span>Issuer</span><input name="issuer" list="issuers" size="14"'
        f' placeholder="any" autocomplete="off" value="{esc(_issuer(query, filters))}"></label>',
    ]
    notes = _notes(query, filters)
    if turn.answer.embedded < 1:
        notes.append(
            f"the archive is being built: {turn.answer.embedded:.0%} of it is embedded, the rest was"
            " searched by its words only"
        )
    note = f'<p class="notes">{" · ".join(notes)}</p>' if notes else ""
    return (
        '<div class="chips" role="group" aria-label="What was understood; changing it asks again">'
        f"{''.join(chips)}{note}</div>"
    )


def _date_chip(label: str, name: str, value: str | None) -> str:
    return (
        f'<label class="chip"><span>{label}</span><input name="{name}" size="10"'
        f' placeholder="any" autocomplete="off" spellcheck="false" value="{esc(value or "")}">'
        "</label>"
    )


def _issuer(query: Query, filters: Filters) -> str:
    return filters.issuer or "; ".join(query.issuers)


def _notes(query: Query, filters: Filters) -> list[str]:
    """What else was understood, and what it came from, each as HTML."""
    notes = [
        f"read “{esc(typed)}” as “{esc(understood)}”" for typed, understood in query.corrections
    ]
    if query.bounds_evidence and filters.dates is None:
        notes.append(f"dates from “{esc(query.bounds_evidence)}”")
    if query.compared:
        notes.append("compared: " + " and ".join(period_words(b) for b in query.compared))
    if query.hints:
        notes.append(f"releases of {period_words(query.hints)} first")
    if query.speaker:
        notes.append(f"words of {esc(query.speaker)}")
    if query.inherited:
        kept = ", ".join(KEPT.get(name, name) for name in query.inherited)
        notes.append(f"kept from the question before: {esc(kept)}")
    if filters.dates is not None:
        notes.append("dates set by you, whatever the question says")
    if filters.issuer == "":
        notes.append("any issuer, whatever the question says")
    if filters.threshold is not None:
        notes.append(f"answered when the confidence is {filters.threshold:.2f} or more")
    if filters.as_of:
        notes.append(f"asked as of {esc(date_words(filters.as_of))}")
    return notes


def period_words(bounds: Bounds) -> str:
    """A period in words: "2019", "August 2019", "July 1, 2018 to July 10, 2018", "up to 2019"."""
    start, end = bounds.start or "", bounds.end or ""
    for size in (4, 7):
        if start[:size] == end[:size] and Bounds(*_whole(start[:size])) == bounds:
            return esc(date_words(start[:size]))
    if not start or not end or start == end:
        words = date_words(start or end)
        return esc(words if start == end else f"up to {words}" if end else f"from {words} on")
    return esc(f"{date_words(start)} to {date_words(end)}")


def _whole(value: str) -> tuple[str, str]:
    if not value:
        return "", ""
    first, last = day_range(value)
    return first.isoformat(), last.isoformat()
