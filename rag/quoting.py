"""From an answer's place in a release to the words that are quoted: whole, short, verbatim.

A quote is the sentence round the answer, with a neighbour where it is too short to stand alone, and
cut at a clause where it is too long. Texts that lost their punctuation have no sentences: there a
run of two or more spaces (what is left of a full stop), and after it a word that begins sentences,
count as boundaries.
"""

import re
from collections.abc import Sequence

from index.records import Span

MAX_QUOTE = 400  # characters; the contract's limit
GOOD_QUOTE = 250  # what is aimed at where a sentence must be cut, or was never marked off
SHORT_QUOTE = 70  # below this the next sentence is taken in
MARGIN = 60  # characters kept on each side of the answer when a sentence must be cut

_ABBREVIATION = re.compile(
    r"(?:\b(?:Sens?|Reps?|Govs?|Gens?|Drs?|Mrs?|Ms|Sts?|Lts?|Cols?|Sgts?|Capts?|Hon|Rev|Messrs|Profs?"
    r"|Jr|Sr|Inc|Corp|Cos?|Ltd|Bros|Nos?|Arts?|Secs?|vs|approx|dept|est|etc|ca|cf|al|Jan|Feb|Mar|Apr"
    r"|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Md"
    r"|Mass|Mich|Minn|Miss|Mo|Mont|Neb|Nev|Okla|Ore|Pa|Tenn|Tex|Va|Vt|Wash|Wis|Wyo|[A-Z]|[a-z]))\.$"
)
_STOP = re.compile(
    r"[.!?…][\"'”’)\]]*(?=\s)|[\"”](?=\s+[A-Z])|\n\s*\n|\n\s*(?=[•*·-]\s)|\n(?=\s{2,}\S)"
)
# Not after a single capital ("U S") nor before a party's letter ("Levin  D Mich"): lost marks too.
_GAP = re.compile(r"(?<!\s[A-Z])\s{2,}(?=[A-Z\"“'‘•])(?![DRI]\s+[A-Z])")
_STARTER = re.compile(
    r"\s(?=(?:The|This|These|Those|That|In|On|At|As|It|Its|We|I|He|She|They|Our|Under|According|Today"
    r"|However|But|And|For|With|While|When|If|There|Last|After|Before|Since|By|Additionally|Also"
    r"|Senator|Sen|To|A|An|During|Because|Although|Despite|Currently|Specifically|Among|His|Her)\s)"
)
_CLAUSE = re.compile(
    r"[,;:—–]['\"”’]?\s+|\s[-–—]+\s+|\s{2,}|\s(?=(?:and|which|who|that|because)\s)"
)


def quote_span(text: str, answer: Span, bounds: Sequence[int] | None = None) -> Span:
    """The span to quote for an answer inside a text; at most MAX_QUOTE characters.

    It contains the answer whole, unless the answer itself is longer than MAX_QUOTE: then it is cut
    after a whole word. It begins and ends with a character that is not white space. bounds: of
    `boundaries(text)` where they are known already.
    """
    answer = _trimmed(text, answer)
    if answer.end - answer.start >= MAX_QUOTE:
        return _trimmed(text, Span(answer.start, _word_end(text, answer.start + MAX_QUOTE)))
    cuts = boundaries(text) if bounds is None else bounds
    sentence = _sentence(text, answer, cuts)
    sentence = _lengthened(text, sentence, cuts)
    if sentence.end - sentence.start > MAX_QUOTE:
        sentence = _shortened(text, sentence, answer)
    return _trimmed(text, sentence)


def boundaries(text: str) -> list[int]:
    """Characters where a sentence ends or the next begins, ascending, 0 and len(text) included."""
    cuts = {0, len(text)}
    for match in _STOP.finditer(text):
        if not _ABBREVIATION.search(text, max(0, match.start() - 9), match.start() + 1):
            cuts.add(match.end())
    if punctuated(text):
        return sorted(cuts)
    cuts.update(match.end() for match in _GAP.finditer(text))
    ordered = sorted(cuts)
    for start, end in zip(ordered, ordered[1:], strict=False):
        if end - start > GOOD_QUOTE:
            cuts.update(m.end() for m in _STARTER.finditer(text, start + 1, end))
    return sorted(cuts)


def punctuated(text: str) -> bool:
    """Whether a text still has its full stops: at least one in 400 characters."""
    return len(re.findall(r"[.!?]", text)) * 400 >= len(text)


def _sentence(text: str, answer: Span, cuts: Sequence[int]) -> Span:
    start = max((c for c in cuts if c <= answer.start), default=0)
    end = min((c for c in cuts if c >= answer.end), default=len(text))
    return Span(start, end)


def _lengthened(text: str, sentence: Span, cuts: Sequence[int]) -> Span:
    """A sentence too short to stand alone with its next, else its last neighbour."""
    while len(" ".join(sentence.of(text).split())) < SHORT_QUOTE:
        after = min((c for c in cuts if c > sentence.end), default=None)
        before = max((c for c in cuts if c < sentence.start), default=None)
        if after is not None and after - sentence.start <= GOOD_QUOTE:
            sentence = Span(sentence.start, after)
        elif before is not None and sentence.end - before <= GOOD_QUOTE:
            sentence = Span(before, sentence.end)
        else:
            break
    return sentence


def _shortened(text: str, sentence: Span, answer: Span) -> Span:
    """A sentence over MAX_QUOTE cut at clauses, or words, with MARGIN kept round the answer."""
    starts = [sentence.start, *(m.end() for m in _clauses(text, sentence))]
    # The comma or dash that ends a clause is not quoted.
    ends = [*(m.start() for m in _clauses(text, sentence)), sentence.end]
    room = min(MAX_QUOTE, max(GOOD_QUOTE, answer.end - answer.start + 2 * MARGIN))
    best: tuple[int, Span] | None = None
    for start in starts:
        for end in ends:
            whole = start <= answer.start and end >= answer.end
            if not whole or end - start > room:
                continue
            # The clause's own lead counts more than its tail: who does what stands before it.
            lead = min(answer.start - start, 160)
            value = lead + min(end - answer.end, 100) + 40 * (start == sentence.start)
            if best is None or value > best[0]:
                best = value, Span(start, end)
    return best[1] if best else _words_round(text, sentence, answer)


def _clauses(text: str, sentence: Span) -> list[re.Match[str]]:
    return list(_CLAUSE.finditer(text, sentence.start, sentence.end))


def _words_round(text: str, sentence: Span, answer: Span) -> Span:
    spare = max(0, GOOD_QUOTE - (answer.end - answer.start))
    start = max(sentence.start, answer.start - spare * 3 // 5)
    end = min(sentence.end, answer.end + spare - (answer.start - start))
    if start > sentence.start:
        start = min(answer.start, _word_start(text, start))
    return Span(start, max(answer.end, _word_end(text, end)))


def _word_start(text: str, at: int) -> int:
    """The first start of a word at or after a place."""
    if at and not text[at - 1].isspace():
        match = re.compile(r"\s").search(text, at)
        at = match.end() if match else at
    return at


def _word_end(text: str, at: int) -> int:
    """The last end of a word at or before a place."""
    if at >= len(text):
        return len(text)
    while at > 0 and not text[at].isspace():
        at -= 1
    return at


def _trimmed(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))
