"""The map of design.md, held by reading every module's imports: who may know whom."""

import ast
import importlib.metadata
import re
import tomllib
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import index.errors

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

# What each top-level package or module may import of the others.
MAY_IMPORT = {
    "index": {"index"},
    "rag": {"rag", "index"},
    "chat": {"chat", "rag", "index"},
    "app": {"chat", "rag", "index"},
    "eval": {"eval", "rag", "index"},
}
# By name, when the command asks for them: `dateline ask` must not pay for either.
BY_NAME = {("rag.cli", "app"), ("rag.cli", "eval.run")}

# Heavy dependencies, each with the one module that may import it. Beside these, the script that
# trains the reader needs torch, and the one that runs the peers has an environment of its own.
HOMES = {
    "faiss": {"index.vectors", "eval.bench_peers"},
    "tantivy": {"index.lexical"},
    "openvino": {"index.runtime"},
    "sentence_transformers": {"index.embedding"},
    "torch": {"index.embedding", "eval.train_reader"},
    "transformers": {"eval.train_reader"},
    "tiktoken": {"index.chunking", "eval.bench_peers"},
    "pypdfium2": {"index.documents"},
    "docx": {"index.documents"},
    "yaml": {"index.frontmatter"},
    "charset_normalizer": {"index.decoding"},
    "gradio": {"app"},
    "lightgbm": {"eval.train_judge"},
    "ir_measures": {"eval.measures"},
    "matplotlib": {"eval.plots"},
    "pickle": set(),
}


def _modules() -> dict[str, ast.Module]:
    paths = [ROOT / "app.py"]
    for package in MAY_IMPORT:
        paths += sorted((ROOT / package).glob("*.py"))
    trees = {}
    for path in paths:
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        trees[name.removesuffix(".__init__")] = ast.parse(path.read_text(encoding="utf-8"))
    return trees


MODULES = _modules()


def _imported(tree: ast.Module) -> Iterator[str]:
    """The dotted names that are imported anywhere in a module, also inside of functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0 and node.module, "imports are absolute"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in MODULES else node.module


def _imports_by_name(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func).rpartition(".")[2]
            if called in {"import_module", "__import__"}:
                yield ast.literal_eval(node.args[0])


IMPORTS = {name: set(_imported(tree)) for name, tree in MODULES.items()}
NAMED = {name: set(_imports_by_name(tree)) for name, tree in MODULES.items()}


@pytest.mark.parametrize("name", sorted(MODULES))
def test_a_module_knows_only_the_layers_below_it(name):
    allowed = MAY_IMPORT[name.partition(".")[0]]
    own = {i.partition(".")[0] for i in IMPORTS[name]} & set(MAY_IMPORT)
    assert own <= allowed


def test_only_the_command_imports_by_name():
    found = {(name, i) for name, named in NAMED.items() for i in named & set(MODULES)}
    assert found == BY_NAME


@pytest.mark.parametrize("dependency", sorted(HOMES))
def test_a_heavy_dependency_has_one_home(dependency):
    users = {
        name
        for name, imported in IMPORTS.items()
        if any(i.partition(".")[0] == dependency for i in imported | NAMED[name])
    }
    assert users <= HOMES[dependency]


def test_no_import_goes_round_in_a_circle():
    graph = {name: (imported & set(MODULES)) - {name} for name, imported in IMPORTS.items()}
    assert len(list(TopologicalSorter(graph).static_order())) == len(MODULES)


def _public(node: ast.AST, prefix: str) -> Iterator[tuple[str, ast.AST]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            if not child.name.startswith("_"):
                yield f"{prefix}.{child.name}", child
                if isinstance(child, ast.ClassDef):
                    yield from _public(child, f"{prefix}.{child.name}")


@pytest.mark.parametrize("name", sorted(m for m in MODULES if m.startswith(("index", "rag"))))
def test_everything_public_says_what_it_is(name):
    tree = MODULES[name]
    silent = [label for label, node in _public(tree, name) if not ast.get_docstring(node)]
    assert silent == []
    assert ast.get_docstring(tree)


def _drawn_tree(docstring: str) -> dict[str, str | None]:
    """Each class of the drawn tree with the one above it: by how far right its name stands."""
    above: dict[str, str | None] = {}
    open_branches: list[tuple[int, str]] = []
    for line in docstring.splitlines():
        found = re.match(r"[ │├└─]*([A-Z]\w+) {2,}", line)
        if found is None:
            continue
        column, name = found.start(1), found.group(1)
        open_branches = [branch for branch in open_branches if branch[0] < column]
        above[name] = open_branches[-1][1] if open_branches else None
        open_branches.append((column, name))
    return above


def test_the_drawn_tree_of_errors_is_the_real_one():
    real = {
        name: base.__name__ if (base := value.__base__) is not Exception else None
        for name, value in vars(index.errors).items()
        if isinstance(value, type) and issubclass(value, Exception)
    }
    assert _drawn_tree(index.errors.__doc__) == real


def test_errors_are_defined_in_one_place():
    strays = [
        f"{name}.{node.name}"
        for name, tree in MODULES.items()
        if name.startswith(("index", "rag")) and name != "index.errors"
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        and any(ast.unparse(base).endswith(("Error", "Exception")) for base in node.bases)
    ]
    assert strays == []


# The project's own papers ------------------------------------------------------------------------


def test_the_newest_entry_of_the_changelog_is_this_version():
    entries = re.findall(r"^## \[([^]]+)\] - \d{4}-\d\d-\d\d$", _text("CHANGELOG.md"), re.M)
    assert entries[0] == PROJECT["version"] == importlib.metadata.version("dateline")


def test_every_dependency_is_pinned():
    wanted = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
    names = [re.match(r"[\w-]+", want).group().lower() for want in wanted]
    pins = dict(re.findall(r"^([\w.-]+)==([\w.]+)$", _text("constraints.txt"), re.M))
    pinned = {_normal(name) for name in pins}
    assert [name for name in names if _normal(name) not in pinned] == []
    assert pins["torch"] == "2.13.0" and "torch==2.13.0" in wanted


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")
