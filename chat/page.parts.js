/* What the page's script needs of the browser: inputs, links, downloads, what is remembered. */
window.DatelineParts = (() => {
  "use strict";
  const IN_LINK = { from: "date_from", to: "date_to", issuer: "issuer", type: "answer_type", as_of: "as_of", dates: "dates", sure: "threshold" };

  /* What an input says: of the slider the threshold, and nothing where it usually stands. */
  function given(input) {
    if (input.type !== "range") return input.value.trim();
    return input.value === input.dataset.usual ? "" : String(JSON.parse(input.dataset.steps)[input.value][0]);
  }
  function slid(input) {
    const words = JSON.parse(input.dataset.steps)[input.value][1];
    input.setAttribute("aria-valuetext", words);
    input.nextElementSibling.textContent = words;
  }

  function grow(box) { box.style.height = "auto"; box.style.height = Math.min(box.scrollHeight, 140) + "px"; }

  /* The questions of a link, each with the filters that follow it. */
  function inLink(query) {
    const asked = [];
    for (const [key, value] of new URLSearchParams(query)) {
      if (key === "q") asked.push({ question: value, filters: {} });
      else if (asked.length && Object.hasOwn(IN_LINK, key)) asked[asked.length - 1].filters[IN_LINK[key]] = value;
    }
    return asked;
  }

  function flash(button) {
    const label = button.textContent;
    if (button.dataset.flash) return;
    button.dataset.flash = "1";
    button.style.minWidth = button.offsetWidth + "px";
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = label; delete button.dataset.flash; }, 1400);
  }
  function save(reply) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([reply.text], { type: reply.media }));
    link.download = reply.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  /* The reader's choice of light or dark is kept in this browser, where that is allowed. */
  function remembered() { try { const kept = localStorage.getItem("dateline-dark"); return kept === null ? null : kept === "1"; } catch { return null; } }
  function remember(dark) { try { localStorage.setItem("dateline-dark", dark ? "1" : "0"); } catch { /* not allowed */ } }
  return { given, slid, grow, inLink, flash, save, remembered, remember };
})();
