"""Ask an archive of official releases; answers are verbatim quotes with their release and date."""

from rag.archive import Archive, ask
from rag.records import Answer

__all__ = ["Answer", "Archive", "ask"]
