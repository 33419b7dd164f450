/* Dateline's page: sends what the reader does, and puts in what the server drew (already escaped). */
window.Dateline = (() => {
  "use strict";
  const { given, slid, grow, inLink, flash, save, remembered, remember } = window.DatelineParts;
  let root, page, server, upload, token, permits, busy = null, seq = 0, isPrivate = false;
  const queue = [];
  const $ = (id) => root.querySelector("#" + id);
  const all = (selector, from) => Array.from((from || root).querySelectorAll(selector));
  const view = { text: "", issuer: "", date_from: "", date_to: "", only: "all", sort: "date", descending: true, page: 1 };

  function start(wires) {
    root = wires.element.querySelector(".dl");
    server = wires.server;
    page = wires.trigger;
    upload = wires.upload;
    token = Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
    wires.watch("value", () => receive(wires.props.value));
    listen();
    shade(remembered() ?? document.body.classList.contains("dark"));
    hello().then(fromLink);
    root.dataset.ready = "1";
  }

  /* Calls */
  async function call(name, fields) {
    const reply = await server[name]({ token, private: isPrivate, ...fields }).catch(() => null);
    if (!reply) return { error: "The server does not answer. Is it still running?" };
    return reply;
  }
  async function hello() {
    const reply = await call("hello", {});
    if (reply.error) return problem(reply.error);
    permits = reply.limits;
    if (reply.unfinished) setTimeout(hello, reply.examples.length ? 5000 : 1000);
    $("dl-extent").textContent = reply.extent;
    if (!$("dl-sureness").firstChild) $("dl-sureness").innerHTML = reply.sureness;
    $("issuers").replaceChildren(...reply.issuers.map((name) => Object.assign(document.createElement("option"), { value: name })));
    $("dl-examples").replaceChildren(...reply.examples.map((text) => {
      const item = document.createElement("li"), button = document.createElement("button");
      button.type = "button"; button.dataset.example = "1"; button.textContent = text;
      item.append(button);
      return item;
    }));
  }
  function say(text) { $("dl-say").textContent = ""; requestAnimationFrame(() => { $("dl-say").textContent = text; }); }
  function problem(text) { $("dl-problem").textContent = text; }

  /* Questions: one at a time, in the order asked */
  function ask(fields) {
    queue.push(fields);
    if (!busy) next();
  }
  function next() {
    const fields = queue.shift();
    if (!fields) return;
    problem("");
    select("tab-ask");
    busy = { ...fields, asked: String(++seq), at: performance.now() };
    if (fields.revise) busy.article = turnOf(fields.revise);
    else busy.article = placeholder(fields.question);
    busy.article.setAttribute("aria-busy", "true");
    page("ask", { token, private: isPrivate, asked: busy.asked, question: fields.question, revise: fields.revise || null, filters: fields.filters || {} });
  }
  function placeholder(question) {
    $("dl-empty").hidden = true;
    $("dl-new").hidden = false;
    const article = document.createElement("article");
    article.className = "turn";
    const heading = document.createElement("h2");
    heading.className = "question";
    heading.textContent = question;
    const wait = document.createElement("p");
    wait.className = "waiting";
    wait.textContent = "Reading the releases …";
    article.append(heading, wait);
    $("dl-thread").append(article);
    article.scrollIntoView({ block: "start" });
    return article;
  }
  function receive(reply) {
    if (!reply || !busy || reply.asked !== busy.asked) return;
    if (reply.error) {
      if (!busy.revise) { busy.article.remove(); if (!$("dl-question").value) $("dl-question").value = busy.question; }
      problem(reply.error);
    } else {
      const holder = document.createElement("template");
      holder.innerHTML = reply.html;
      const article = holder.content.firstElementChild;
      busy.article.replaceWith(article);
      busy.article = article;
      if (reply.done) {
        article.dataset.ms = Math.round(performance.now() - busy.at);
        article.dataset.link = reply.link;
        history.replaceState(null, "", location.pathname + "?" + reply.link);
        say(reply.say);
        goOn(article, busy.from);
      }
    }
    if (reply.done) {
      busy.article.removeAttribute("aria-busy");
      $("dl-new").hidden = !$("dl-thread").children.length;
      $("dl-empty").hidden = !!$("dl-thread").children.length;
      busy = null;
      next();
    }
  }
  /* Who changed a control by keyboard finds it again in the new answer. */
  async function goOn(article, name) {
    if (!name) return;
    if (name === "threshold") await acts.explain(article.querySelector("[data-act=explain]"), Number(article.dataset.turn));
    const control = article.querySelector('[name="' + name + '"]');
    if (control && document.activeElement === document.body) control.focus({ preventScroll: true });
  }
  function filters() {
    const set = {};
    all("#dl-filters input").forEach((input) => { if (given(input)) set[input.name] = given(input); });
    return set;
  }
  function filtered() {
    const set = Object.values(filters());
    $("dl-filtered").textContent = set.length ? ": " + set.join(", ") : "";
  }
  function submit() {
    const box = $("dl-question"), question = box.value.trim();
    if (!question) { box.focus(); return; }
    if (permits && question.length > permits.question) { problem("The question has " + question.length + " characters; " + permits.question + " is the most. Ask it shorter."); return; }
    box.value = "";
    grow(box);
    ask({ question, filters: filters() });
  }
  function fromLink() { inLink(location.search).slice(0, 20).forEach(ask); }
  const turnOf = (number) => root.querySelector('.turn[data-turn="' + number + '"]');

  /* Chips */
  function revise(form, change) {
    const article = form.closest(".turn"), set = inLink(article.dataset.link).pop().filters;
    ask({ question: article.querySelector(".question").textContent, revise: Number(article.dataset.turn), filters: { ...set, ...change }, from: form.name });
  }

  function chipped(target) {
    if (!target.name.startsWith("date_")) return { [target.name]: given(target) };
    const value = (name) => target.closest(".chips").querySelector('[name="' + name + '"]').value.trim();
    return { date_from: value("date_from"), date_to: value("date_to"), dates: "mine" };
  }

  /* Reader */
  async function read(fields, from) {
    const reader = $("dl-reader");
    const reply = await call("release", fields);
    if (reply.error) { problem(reply.error); say(reply.error); return; }
    hideCard();
    $("dl-release").innerHTML = reply.html;
    reader.dataset.turn = fields.turn || "";
    reader.dataset.marker = fields.marker || "";
    if (from) reader.from = from;
    if (!reader.open) reader.showModal();
    const quote = $("dl-release").querySelector("mark.focus");
    $("reader-title").focus({ preventScroll: true });
    $("dl-release").scrollTop = 0;
    if (quote && quote.getBoundingClientRect().bottom > innerHeight * 0.75) quote.scrollIntoView({ block: "center" });
  }
  function open(node) {
    const reader = $("dl-reader"), inside = reader.contains(node), article = node.closest(".turn");
    const turn = inside ? reader.dataset.turn : article && article.dataset.turn;
    read({ turn: Number(turn) || null, marker: node.dataset.open ? Number(node.dataset.open) : null, release_id: node.dataset.release || null }, inside ? null : node);
  }

  /* Hover card */
  function showCard(marker) {
    const article = marker.closest(".turn"), card = $("dl-card");
    if (!article) return;
    const cite = article.querySelector('.cite[data-cite="' + marker.dataset.open + '"]');
    if (!cite) return;
    all(".on", article).forEach((node) => node.classList.remove("on"));
    cite.classList.add("on");
    const date = cite.querySelector(".date").cloneNode(true), quote = cite.querySelector("blockquote").cloneNode(true);
    const title = document.createElement("p");
    title.className = "title";
    title.textContent = cite.querySelector(".open").textContent + " · " + cite.querySelector(".issuer").textContent;
    card.replaceChildren(date, quote, title);
    card.hidden = false;
    marker.setAttribute("aria-describedby", "dl-card");
    const at = marker.getBoundingClientRect(), size = card.getBoundingClientRect();
    const above = at.top - size.height - 8;
    card.style.left = Math.max(12, Math.min(at.left - 20, innerWidth - size.width - 12)) + "px";
    card.style.top = (above > 64 ? above : at.bottom + 8) + "px";
  }
  function hideCard() {
    $("dl-card").hidden = true;
    all("[aria-describedby='dl-card']").forEach((node) => node.removeAttribute("aria-describedby"));
    all(".cite.on").forEach((node) => node.classList.remove("on"));
  }

  /* Taking away */
  async function copy(text, done) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const box = document.createElement("textarea");
      box.value = text;
      ($("dl-reader").open ? $("dl-reader") : root).append(box);
      box.select();
      document.execCommand("copy");
      box.remove();
    }
    if (done) flash(done);
    say("Copied.");
  }
  const acts = {
    async copy(button, turn) { const reply = await call("export", { turn, format: "text" }); reply.error ? problem(reply.error) : copy(reply.text, button); },
    link(button) { copy(location.origin + location.pathname + "?" + button.closest(".turn").dataset.link, button); },
    async export(button, turn) {
      button.closest("details").open = false;
      const reply = await call("export", { turn, format: button.dataset.format });
      reply.error ? problem(reply.error) : save(reply);
    },
    async explain(button, turn) {
      const box = button.closest(".turn").querySelector(".explain"), shut = box.hidden;
      if (shut && !box.firstChild) {
        const reply = await call("explain", { turn });
        if (reply.error) { problem(reply.error); return; }
        box.innerHTML = reply.html;
      }
      box.hidden = !shut;
      button.setAttribute("aria-expanded", String(shut));
      if (shut) box.scrollIntoView({ block: "nearest" });
    },
    async thumb(button, turn) {
      const votes = button.closest(".votes"), reply = await call("vote", { turn, vote: button.dataset.reason });
      if (reply.error) { problem(reply.error); return; }
      votes.textContent = "Noted, thank you";
      say(reply.say);
    },
    async "copy-quote"(button) {
      const reader = $("dl-reader");
      const reply = await call("export", { turn: Number(reader.dataset.turn), marker: Number(reader.dataset.marker) });
      reply.error ? problem(reply.error) : copy(reply.text, button);
    },
    close() { $("dl-reader").close(); },
    unfilter() { all("#dl-filters input").forEach((input) => { input.value = input.dataset.usual || ""; if (input.type === "range") slid(input); }); filtered(); },
    undate(button) { revise(button, { date_from: "", date_to: "", dates: "mine" }); },
    async new() {
      await call("forget", {});
      $("dl-thread").replaceChildren();
      $("dl-empty").hidden = false;
      $("dl-new").hidden = true;
      history.replaceState(null, "", location.pathname);
      problem("");
      $("dl-question").focus();
    },
    unscope() { scope(false); },
    async remove() { await call("forget", { files: true }); $("dl-files").replaceChildren(); acts.new(); scope(false); },
    "ask-files"() { scope(true); select("tab-ask"); $("dl-question").focus(); },
  };

  /* Tabs */
  function select(id, focus) {
    all("[role=tab]").forEach((tab) => {
      const on = tab.id === id;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
      $(tab.getAttribute("aria-controls")).hidden = !on;
      if (on && focus) tab.focus();
    });
    if (id === "tab-archive" && !$("dl-plot").firstChild) overview(true);
  }
  async function overview(whole) {
    const reply = await call("overview", { view, whole });
    if (reply.error) { $("dl-table").textContent = reply.error; return; }
    $("dl-table").innerHTML = reply.table;
    if (whole) { $("dl-plot").innerHTML = reply.plot || "<p>No release states a date.</p>"; $("dl-audit").innerHTML = reply.audit; }
  }
  let typing;
  function find() {
    clearTimeout(typing);
    typing = setTimeout(() => {
      for (const field of $("dl-find").elements) if (field.name) view[field.name] = field.value;
      view.page = 1;
      overview(false);
    }, 150);
  }

  /* Files */
  function scope(own) {
    isPrivate = own;
    $("dl-scope").hidden = !own;
    $("dl-plot").replaceChildren();
    hello();
  }
  function refuse(text) { $("dl-upload-problem").textContent = text; }
  async function send(files) {
    refuse("");
    if (!files.length) return refuse("Choose files first.");
    if (permits && files.length > permits.files) return refuse("At most " + permits.files + " files at once.");
    const heavy = permits && Array.from(files).find((file) => file.size > permits.file_bytes);
    if (heavy) return refuse(heavy.name + " is larger than " + Math.round(permits.file_bytes / 1e6) + " MB.");
    const form = $("dl-upload");
    form.querySelector(".primary").disabled = true;
    $("dl-progress").hidden = false;
    const paths = [];
    try {
      for (const file of files) {
        stage(paths.length / files.length / 2, "Sending " + (paths.length + 1) + " of " + files.length);
        paths.push((await upload(file)).path);
      }
    } catch {
      form.querySelector(".primary").disabled = false;
      $("dl-progress").hidden = true;
      return refuse("The files could not be sent. Are they too large?");
    }
    page("build", { token, paths });
  }
  function stage(share, words) { $("dl-progress").firstElementChild.value = share; $("dl-stage").textContent = words; }
  function built(reply) {
    if (!reply.done) return stage(reply.share, reply.words);
    $("dl-upload").querySelector(".primary").disabled = false;
    $("dl-progress").hidden = true;
    if (reply.error) return refuse(reply.error);
    $("dl-files").innerHTML = reply.html;
    say(reply.words);
    scope(true);
  }

  function shade(dark) {
    document.body.classList.toggle("dark", dark);
    $("dl-shade").setAttribute("aria-pressed", String(dark));
  }

  function listen() {
    root.addEventListener("click", (event) => {
      const hit = (selector) => event.target.closest(selector);
      let node;
      if ((node = hit("[data-act]"))) { const turn = node.closest(".turn"); acts[node.dataset.act](node, turn && Number(turn.dataset.turn)); }
      else if ((node = hit("[data-jump]"))) read({ turn: Number($("dl-reader").dataset.turn), marker: Number(node.dataset.jump) });
      else if ((node = hit("[data-open],[data-release]"))) open(node);
      else if ((node = hit("[data-example]"))) ask({ question: node.textContent, filters: filters() });
      else if ((node = hit("[data-sort]"))) {
        view.descending = view.sort === node.dataset.sort ? !view.descending : node.dataset.sort === "date" || node.dataset.sort === "chars";
        view.sort = node.dataset.sort; view.page = 1; overview(false);
      } else if ((node = hit("[data-page]"))) { view.page = Number(node.dataset.page); overview(false); }
      else if ((node = hit("[data-only]"))) { $("dl-find").elements.only.value = node.dataset.only; find(); }
      else if ((node = hit("[role=tab]"))) select(node.id);
      all("details.menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
    });
    root.addEventListener("keydown", (event) => {
      const target = event.target;
      if (target.id === "dl-question" && event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); submit(); }
      else if (event.key === "Escape") { hideCard(); all("details.menu[open]").forEach((menu) => { menu.open = false; menu.firstElementChild.focus(); }); }
      else if (target.matches("g[data-open]") && (event.key === "Enter" || event.key === " ")) { event.preventDefault(); open(target); }
      else if (target.matches("[role=tab]") && ["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) {
        const tabs = all("[role=tab]"), at = tabs.indexOf(target);
        const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tabs.length - 1 }[event.key];
        select(tabs[(to + tabs.length) % tabs.length].id, true);
      } else if (target.matches(".chips input") && event.key === "Enter") { event.preventDefault(); target.blur(); }
    });
    root.addEventListener("submit", (event) => {
      event.preventDefault();
      if (event.target.id === "dl-composer") submit();
      if (event.target.id === "dl-upload") send($("dl-file").files);
    });
    root.addEventListener("change", (event) => {
      const target = event.target;
      if (target.closest(".chips, .explain .sure")) revise(target, chipped(target));
      else if (target.closest("#dl-filters")) filtered();
    });
    root.addEventListener("input", (event) => {
      if (event.target.id === "dl-question") grow(event.target);
      if (event.target.closest("#dl-find")) find();
      if (event.target.type === "range") slid(event.target);
    });
    const near = (event, then) => { const marker = event.target.closest && event.target.closest(".marker, g[data-open]"); if (marker) then(marker); };
    root.addEventListener("mouseover", (event) => near(event, showCard));
    root.addEventListener("mouseout", (event) => near(event, hideCard));
    root.addEventListener("focusin", (event) => near(event, (marker) => { if (marker.matches(":focus-visible")) showCard(marker); }));
    root.addEventListener("focusout", (event) => near(event, hideCard));
    addEventListener("scroll", hideCard, { passive: true });
    $("dl-shade").addEventListener("click", () => { const dark = !document.body.classList.contains("dark"); shade(dark); remember(dark); });
    $("dl-reader").addEventListener("click", (event) => { if (event.target === event.currentTarget) event.currentTarget.close(); });
    $("dl-reader").addEventListener("close", (event) => { const from = event.currentTarget.from; if (from && from.isConnected) from.focus(); });
    const drop = $("dl-upload");
    for (const kind of ["dragover", "dragleave", "drop"]) drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.toggle("over", kind === "dragover");
      if (kind === "drop") send(event.dataTransfer.files);
    });
  }
  /* A second stream from the server, so that two never overwrite one another. */
  function builds(wires) { wires.watch("value", () => wires.props.value && built(wires.props.value)); }
  return { start, builds };
})();
