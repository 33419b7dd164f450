"""How a question is put to an archive under what the reader fixed."""

import re
from dataclasses import replace

from chat.sessions import Filters
from rag.archive import Archive
from rag.records import Answer, Bounds


def asked(archive: Archive, question: str, filters: Filters, after: Answer | None = None) -> Answer:
    """The answer to a question under a reader's filters.

    With dates of the reader's own, the question is asked without its words for dates, because they
    would bind beside the filters. They are known from what was understood of the whole question.
    """
    after = followed(filters, after)
    answer = archive.ask(question, after=after, **filters.arguments())
    words = words_asked(question, filters, answer)
    if words == question:
        return answer
    bare = archive.ask(words, after=after, **filters.arguments())
    query = replace(bare.query, question=question, bounds_evidence=answer.query.bounds_evidence)
    return replace(bare, question=question, query=query)


def followed(filters: Filters, after: Answer | None) -> Answer | None:
    """The answer that a question follows up on, without its dates when the reader set dates."""
    if after is None or filters.dates is None:
        return after
    undated = replace(after.query, bounds=Bounds(), hints=Bounds(), compared=())
    return replace(after, query=undated)


def words_asked(question: str, filters: Filters, answer: Answer) -> str:
    """The words that are put to the archive: all of them, or without those that bind dates."""
    evidence = answer.query.bounds_evidence
    if filters.dates is None or not evidence:
        return question
    # With typing errors put right, the words that bind may not be those that were typed.
    said = question if evidence in question else answer.query.question
    return re.sub(r"\s+", " ", said.replace(evidence, " ", 1)).strip() or question
