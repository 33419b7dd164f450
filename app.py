"""The chat: Gradio serves the page of chat/, its HTTP API and its MCP tools. Presentation only.

Everything that is shown is drawn by chat/; this module wires the page to it and to the network, and
is the one place that imports gradio. `dateline chat` calls `serve`.
"""

import atexit
import inspect
import ipaddress
import json
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from importlib.resources import files
from io import StringIO
from pathlib import Path
from typing import Any

from mcp.types import TextContent
from starlette.middleware import Middleware

from chat.guard import McpPassword, SafetyHeaders
from chat.service import Service, hit_records
from chat.sessions import IDLE_SECONDS, USUAL, Filters, LimitError, Limits
from index.errors import DatelineError
from index.records import release_to_dict
from rag.archive import Archive


@contextmanager
def _without_stubs() -> Iterator[None]:
    """Keep Gradio from writing a .pyi file for each component into its package as it is imported.

    That is more than a third of the time its import takes. It writes none for a component whose
    file cannot be found, so that is what it is told.
    """
    found = inspect.getfile

    def getfile(thing: Any) -> str:
        if sys._getframe(1).f_globals.get("__name__") == "gradio.component_meta":
            raise OSError
        return found(thing)

    inspect.getfile = getfile  # type: ignore[assignment]
    try:
        yield
    finally:
        inspect.getfile = found


os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # gradio reads it when it is imported
with _without_stubs():
    import gradio as gr
    from gradio.events import api
    from gradio.utils import get_upload_folder

CONCURRENT = 8  # questions answered at once; more wait their turn


def build(
    archive: Archive,
    *,
    feedback: Path | None = None,
    limits: Limits = USUAL,
    examples: Sequence[str] | None = None,
) -> gr.Blocks:
    """The chat over an archive as Gradio blocks; to be served by `launch`.

    feedback: the file that votes are appended to, or None for `<archive>.feedback.jsonl` beside the
    archive. examples: questions shown on the empty page, or None for some made from the archive's
    own names and dates.
    """
    beside = archive.path.with_name(archive.path.name + ".feedback.jsonl")
    service = Service(archive, feedback=feedback or beside, limits=limits, examples=examples)
    atexit.register(service.sessions.close)
    threading.Thread(target=service.warm, name="warming", daemon=True).start()
    return blocks(service)


def blocks(service: Service) -> gr.Blocks:
    """The page and the interfaces for programs, over a service."""
    demo: gr.Blocks
    with gr.Blocks(
        title="Dateline",
        fill_width=True,
        analytics_enabled=False,
        delete_cache=(IDLE_SECONDS, IDLE_SECONDS),  # uploads that no session ever read
    ) as demo:
        _page(service)
        programs = Programs(service)
        for call in (programs.ask, programs.search, programs.get_release):
            # Without the queue, through which Gradio's MCP server would call itself over HTTP as
            # a client without password, and every agent would share one address.
            api(call, api_name=call.__name__, queue=False)
    demo.queue(default_concurrency_limit=CONCURRENT, max_size=200)
    return demo


def _page(service: Service) -> None:
    """The page: quick calls as server functions, the two that stream as events."""

    def ask(event: gr.EventData, request: gr.Request) -> Iterator[dict[str, Any]]:
        yield from service.ask(event._data, _address(request))

    def build(event: gr.EventData, request: gr.Request) -> Iterator[dict[str, Any]]:
        yield from service.build(event._data, _address(request), Path(get_upload_folder()))

    calls = [
        service.hello,
        service.release,
        service.explain,
        service.export,
        service.vote,
        service.overview,
        service.forget,
    ]
    page = gr.HTML(
        html_template=_asset("page.html"),
        js_on_load=(
            "Dateline.start({element, trigger, props, server, upload, watch}, ['ask', 'build'])"
        ),
        apply_default_css=False,
        server_functions=[_from_page(call) for call in calls],
        elem_id="dateline",
    )
    builds = gr.HTML(
        html_template="",
        js_on_load="Dateline.builds({props, watch})",
        apply_default_css=False,
        elem_classes="channel",
    )
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    page.ask(ask, outputs=page, trigger_mode="multiple", api_name="page_ask", **quiet)
    page.build(build, outputs=builds, concurrency_limit=1, api_name="page_build", **quiet)


def _from_page(call: Callable[[Any, str], dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    def from_page(payload: Any, request: gr.Request) -> dict[str, Any]:
        return call(payload, _address(request))

    from_page.__name__ = call.__name__
    return from_page


class Programs:
    """The three calls for programs over HTTP and MCP; their docstrings are their descriptions."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def ask(
        self,
        question: str,
        date_from: str = "",
        date_to: str = "",
        issuer: str = "",
        as_of: str = "",
        request: gr.Request | None = None,
    ) -> dict[str, Any]:
        """Answer a question from an archive of official releases, in the releases' own words.

        Every quote is verbatim and cited with its release and its exact release date (null where
        the release states none). Where the archive does not answer, `answered` is false and
        `reason` says why; then do not fill the gap from elsewhere.

        Args:
            question: What to find out, in English, for example "Who signed the agreement?"
            date_from: Only releases from this date on (2019, 2019-09 or 2019-09-26), or empty
            date_to: Only releases up to this date, or empty
            issuer: Only releases of this issuer, as the archive names it, or empty
            as_of: The day from which "last month" and the like are counted, or empty for today
        """
        with self._admitted(request):
            self._service.check_length(question)
            filters = _filters(date_from=date_from, date_to=date_to, issuer=issuer, as_of=as_of)
            return self._service.archive.ask(question, **filters.arguments()).to_dict()

    def search(
        self,
        question: str,
        k: int = 10,
        date_from: str = "",
        date_to: str = "",
        issuer: str = "",
        request: gr.Request | None = None,
    ) -> dict[str, Any]:
        """Find the passages of the archive that are nearest to a question, best first.

        Returns {"hits": [{release_id, title, issuer, date, score, rank, start, end, text}]}; start
        and end are characters of the release's text, and the date is null where none is stated.

        Args:
            question: What to look for, in English
            k: How many passages, 1 to 50
            date_from: Only releases from this date on (2019, 2019-09 or 2019-09-26), or empty
            date_to: Only releases up to this date, or empty
            issuer: Only releases of this issuer, as the archive names it, or empty
        """
        with self._admitted(request):
            self._service.check_length(question)
            filters = _filters(date_from=date_from, date_to=date_to, issuer=issuer)
            return hit_records(self._service.archive, question, max(1, min(int(k), 50)), filters)

    def get_release(self, release_id: str, request: gr.Request | None = None) -> dict[str, Any]:
        """Read one release: its whole text, its dates with their evidence, and where it is from.

        Args:
            release_id: The id that `ask` and `search` give
        """
        with self._admitted(request):
            try:
                return release_to_dict(self._service.archive.release(release_id))
            except KeyError as error:
                raise gr.Error(f"There is no release {release_id!r} in the archive.") from error

    @contextmanager
    def _admitted(self, request: gr.Request | None) -> Iterator[None]:
        """Count the call; tell a program what it did wrong in a sentence, the rest is logged."""
        try:
            self._service.sessions.count_call(_address(request))
            yield
        except (DatelineError, LimitError) as error:
            raise gr.Error(str(error)) from error


def _filters(**given: str) -> Filters:
    """What a program fixed; for it an empty value is one that was not given."""
    return Filters.of({name: value for name, value in given.items() if value})


def _asset(name: str) -> str:
    return files("chat").joinpath(name).read_text(encoding="utf-8")


def _icon() -> str:
    return str(files("chat").joinpath("page.svg"))


def _address(request: gr.Request | None) -> str:
    client = request.client if request else None
    return client.host if client else "unknown"


def launch(
    demo: gr.Blocks,
    host: str = "127.0.0.1",
    port: int | None = None,
    auth: tuple[str, str] | None = None,
    *,
    file_bytes: int = USUAL.file_bytes,
) -> str:
    """Serve the blocks in the background, whole, offline and quiet; returns the address.

    port: None for any that is free. auth: (user, password) that a browser or program must give.
    file_bytes: the largest file that may be uploaded. Raises OSError when the port is taken.
    """
    scripts = _asset("page.parts.js") + _asset("page.js")
    head = f"<style>{_asset('page.css')}</style><script>{scripts}</script>"
    guards = [Middleware(SafetyHeaders)]
    if auth is not None:
        guards.append(Middleware(McpPassword, *auth))
    with redirect_stdout(StringIO()):  # Gradio announces itself even when told to be quiet
        demo.launch(
            server_name=host,
            server_port=port,
            auth=auth,
            head=head,
            max_file_size=file_bytes,
            footer_links=[],
            run_history=False,
            favicon_path=_icon(),
            share=False,
            ssr_mode=False,
            mcp_server=True,
            enable_monitoring=False,
            app_kwargs={"middleware": guards},
            quiet=True,
            prevent_thread_lock=True,
        )
    if demo.mcp_server_obj is not None:
        # Gradio would hand an agent Python's notation of a dict, which no JSON parser reads.
        demo.mcp_server_obj.postprocess_output_data = _as_json  # type: ignore[method-assign]
    return str(demo.local_url).rstrip("/")


def _as_json(data: Sequence[Any], root_url: str) -> list[Any]:
    return [
        TextContent(type="text", text=json.dumps(record, ensure_ascii=False)) for record in data
    ]


def serve(
    archive: Archive,
    host: str = "127.0.0.1",
    port: int = 7860,
    auth: tuple[str, str] | None = None,
    *,
    feedback: Path | None = None,
    limits: Limits = USUAL,
    examples: Sequence[str] | None = None,
) -> None:
    """Open the chat on host:port until it is interrupted; the address is printed.

    auth: (user, password) that a browser or program must give. Raises OSError when the port is
    taken.
    """
    demo = build(archive, feedback=feedback, limits=limits, examples=examples)
    if auth is None and not _loopback(host):
        print(
            f"warning: {host} may be reached from other machines, and no --auth is set: whoever"
            " reaches it reads the archive",
            file=sys.stderr,
        )
    launch(demo, host, port, auth, file_bytes=limits.file_bytes)
    print(f"Dateline is at http://{host}:{port}  (stop it with Ctrl-C)", flush=True)
    demo.block_thread()


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
