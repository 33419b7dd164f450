"""One number for what an archive holds, the same however it was built."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from index.database import Place
from index.embedding import EncoderRecord
from index.table import GONE, Table


def archive_digest(
    encoder: EncoderRecord, chunking: Mapping[str, Any], places: Mapping[str, Place], rows: Table
) -> str:
    """SHA-256 of the encoder (not of its runtime), the chunking, every release and every span."""
    settings = [encoder.name, encoder.weights_sha256, encoder.limit, dict(chunking)]
    digest = hashlib.sha256(json.dumps(settings, sort_keys=True).encode())
    for release_id, place in sorted(places.items()):
        digest.update(f"{release_id}\0{place.digest}\0{place.rows}\n".encode())
    live = rows[rows["release"] != GONE]
    ordered = live[np.argsort(live["order"])]
    for column in ("number", "start", "end"):
        digest.update(np.ascontiguousarray(ordered[column]).tobytes())
    return digest.hexdigest()
