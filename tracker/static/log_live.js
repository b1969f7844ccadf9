/* Several people keep one log: every few seconds this asks whether others have written, and shows
   their lines. The form, and what is being typed in it, is never touched. Works beside log.js. */
(() => {
  "use strict";

  const lines = document.querySelector("[data-lines]");
  if (!lines) return;

  const EVERY = 3000;
  const news = document.getElementById("log-news");
  let known = lines.dataset.known;
  let isEnded = false;

  const ids = () => new Set(Array.from(lines.querySelectorAll("[data-client-id]"), (line) => line.dataset.clientId));

  /* What the server could not read in a line of ours was said when it was sent, and stays. */
  const keepDoubts = (fresh) => {
    lines.querySelectorAll(".log-line__doubt").forEach((doubt) => {
      const id = doubt.closest("[data-client-id]").dataset.clientId;
      const text = fresh.querySelector(`[data-client-id="${CSS.escape(id)}"] .log-line__text`);
      if (text) text.append(" ", doubt);
    });
  };

  const put = (html) => {
    const fresh = new DOMParser().parseFromString(html, "text/html").body;
    const before = ids();
    const link = lines.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    keepDoubts(fresh);
    fresh.querySelectorAll("[data-task]").forEach((line) => {
      document.querySelectorAll(`[data-objective="${line.dataset.task}"]`).forEach((entry) => entry.remove());
    });
    lines.replaceChildren(...fresh.childNodes);
    if (link) lines.querySelector(`[href="${CSS.escape(link)}"]`)?.focus({ preventScroll: true });
    const count = Array.from(ids()).filter((id) => !before.has(id)).length;
    if (count && news) news.textContent = count === 1 ? "Another line was written." : `${count} more lines were written.`;
  };

  const ask = async () => {
    if (document.visibilityState !== "visible") return;
    const shown = lines.firstElementChild;
    const answer = await fetch(`${lines.dataset.lines}?known=${known}`, {
      headers: { "HX-Request": "true" },
      redirect: "manual",
      signal: AbortSignal.timeout(10000),
    });
    if ([401, 403, 404].includes(answer.status)) isEnded = true;
    if (answer.status !== 200) return;
    const html = await answer.text();
    /* A line of ours was stored meanwhile: this answer may be older than what stands here. */
    if (lines.firstElementChild !== shown) return;
    known = answer.headers.get("X-Log-Known");
    put(html);
  };

  const again = async () => {
    try {
      await ask();
    } catch { /* The server does not answer: log.js says so where it matters. */ }
    if (!isEnded) setTimeout(again, EVERY);
  };
  setTimeout(again, EVERY);
})();
