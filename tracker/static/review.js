/* What the review does beyond links and forms: the current candidate and its passage are lit, and
   keys move and decide. The import page says that it is reading. All of it works without this. */
(() => {
  "use strict";

  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const STORED = "tracker-review-keys";

  /* Import ---------------------------------------------------------------------------- */

  const sayReading = (event) => {
    const form = event.target;
    if (!form.matches("[data-reading]")) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    document.querySelector("[data-reading-words]").textContent = "Reading the cable …";
  };
  window.addEventListener("pageshow", () => all("[data-sent]").forEach((form) => delete form.dataset.sent));
  document.addEventListener("submit", sayReading);

  const source = document.querySelector("[data-source]");
  if (!source) return;

  /* The current candidate ------------------------------------------------------------- */

  let currentId = null;
  const candidates = () => all(".candidate").filter((one) => one.checkVisibility());
  const current = () => currentId && document.getElementById(`c-${currentId}`);
  const passagesOf = (id) => all(`.hit[data-of~="${id}"]`, source);

  const showPassage = (id) => {
    if (window.CSS && CSS.highlights) CSS.highlights.delete("words");
    all(".hit.is-current", source).forEach((one) => one.classList.remove("is-current"));
    const lit = passagesOf(id);
    lit.forEach((one) => one.classList.add("is-current"));
    if (!lit.length || !isBeside()) return;
    const top = lit[0].getBoundingClientRect().top - source.getBoundingClientRect().top;
    source.scrollTop += top - source.clientHeight / 4;
  };

  const unfold = (candidate) => {
    const fold = candidate.closest("details.review-possible:not([open])");
    if (fold) fold.open = true;
  };

  const makeCurrent = (candidate, { focus = true } = {}) => {
    if (!candidate) return;
    unfold(candidate);
    all(".candidate.is-current").forEach((one) => one.classList.remove("is-current"));
    candidate.classList.add("is-current");
    currentId = candidate.dataset.candidate;
    showPassage(currentId);
    nameNext(candidate);
    if (!focus) return;
    candidate.focus({ preventScroll: true });
    candidate.scrollIntoView({ block: "nearest" });
  };

  const step = (by) => {
    const list = candidates();
    const at = list.indexOf(current());
    makeCurrent(list[at < 0 ? 0 : Math.min(list.length - 1, Math.max(0, at + by))]);
  };

  const nextUndecided = (from) => {
    const list = candidates();
    const at = list.indexOf(from);
    const turned = [...list.slice(at + 1), ...list.slice(0, at + 1)];
    const isPending = (one) => one.dataset.decision === "pending";
    return turned.find(isPending) || all(".candidate").find(isPending);
  };

  /* What "the next" is on this page, so that merging joins what was seen together. */
  const nextBeside = (candidate) => {
    let one = candidate.nextElementSibling;
    while (one && !one.matches('.candidate[data-decision="pending"]')) one = one.nextElementSibling;
    return one ? one.dataset.candidate : "";
  };
  const nameNext = (candidate) => {
    const button = candidate.querySelector("[data-merge] button");
    const next = document.getElementById(`c-${nextBeside(candidate)}`);
    if (button) button.title = next ? `Joins: ${next.querySelector(".candidate__title").innerText.replace(/\s+/g, " ")}` : "";
  };
  document.addEventListener("htmx:configRequest", (event) => {
    const form = event.detail.elt.closest("[data-merge]");
    if (form) event.detail.parameters.with = nextBeside(form.closest(".candidate"));
  });

  /* Words that a field was read from, lit in the text beside ------------------------------ */

  const isBeside = () => getComputedStyle(source.parentElement).position === "sticky";
  const showWords = (from, to) => {
    const walker = document.createTreeWalker(source, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    let before = 0;
    while (walker.nextNode()) {
      // The server counts code points, a range counts units of UTF-16.
      const signs = [...walker.currentNode.data];
      const unitsUpTo = (at) => signs.slice(0, at - before).join("").length;
      const after = before + signs.length;
      if (from >= before && from < after) range.setStart(walker.currentNode, unitsUpTo(from));
      if (to > before && to <= after) range.setEnd(walker.currentNode, unitsUpTo(to));
      before = after;
    }
    if (window.CSS && CSS.highlights) CSS.highlights.set("words", new Highlight(range));
    else document.getSelection().addRange(range);
    const top = range.getBoundingClientRect().top - source.getBoundingClientRect().top;
    source.scrollTop += top - source.clientHeight / 4;
  };
  document.addEventListener("click", (event) => {
    const words = event.target.closest("[data-words]");
    if (!words || event.ctrlKey || event.metaKey || event.shiftKey || !isBeside()) return;
    event.preventDefault();
    makeCurrent(words.closest(".candidate"), { focus: false });
    showWords(...words.dataset.words.split(" ").map(Number));
  });

  /* Missed this: the selected words of the source --------------------------------------- */

  const missed = document.querySelector("[data-missed]");
  const hint = document.querySelector("[data-missed-hint]");
  // Code points up to a place, as the server counts them.
  const lengthUpTo = (node, offset) => {
    const range = document.createRange();
    range.setStart(source, 0);
    range.setEnd(node, offset);
    return [...range.toString()].length;
  };
  const offerMissed = () => {
    const selection = document.getSelection();
    const range = selection.rangeCount ? selection.getRangeAt(0) : null;
    // Pressing the link may end the selection elsewhere; only another place in the text counts.
    if (!range || !source.contains(range.startContainer) || !source.contains(range.endContainer)) return;
    const isEmpty = !range.toString().trim();
    missed.classList.toggle("is-away", isEmpty);
    hint.classList.toggle("is-away", !isEmpty);
    if (isEmpty) return;
    const from = lengthUpTo(range.startContainer, range.startOffset);
    const to = lengthUpTo(range.endContainer, range.endOffset);
    missed.href = `${missed.dataset.address}?shown=1&from=${from}&to=${to}`;
  };
  if (missed) {
    document.querySelector("[data-missed-place]").hidden = false;
    document.addEventListener("selectionchange", offerMissed);
  }

  /* After a decision ------------------------------------------------------------------ */

  const colourPassages = () => all(".hit", source).forEach((hit) => {
    const owner = document.getElementById(`c-${hit.dataset.of.split(" ")[0]}`);
    if (!owner) return;
    hit.classList.remove("hit--pending", "hit--accepted", "hit--rejected");
    hit.classList.add(`hit--${owner.dataset.decision}`);
  });

  const countGroups = () => all(".review-group").forEach((group) => {
    const count = all('.candidate[data-decision="pending"]', group).length;
    const badge = document.querySelector(`.review-nav a[href="#${CSS.escape(group.id)}"] .review-nav__count`);
    if (badge) badge.firstChild.textContent = count || "";
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    const changed = event.target.closest(".candidate") || event.detail.elt.closest(".candidate");
    if (!changed) return;
    const fresh = document.getElementById(changed.id) || changed;
    colourPassages();
    countGroups();
    if (fresh.classList.contains("candidate--edited")) {
      makeCurrent(fresh, { focus: false });
      const first = fresh.querySelector("[data-focus]") || fresh.querySelector("input:not([type=hidden])");
      if (first) first.focus();
      all(".points__word", fresh).forEach((word) => { word.tabIndex = word === first ? 0 : -1; });
      return;
    }
    const isDecided = fresh.dataset.decision !== "pending";
    makeCurrent((isDecided && nextUndecided(fresh)) || fresh);
  });

  /* What others did, or a merge or split, is in its place (review_live.js) */
  document.addEventListener("review:applied", (event) => {
    colourPassages();
    countGroups();
    if (!current()) makeCurrent(nextUndecided(null), { focus: event.detail.hasLost });
    else if (document.activeElement !== source) passagesOf(currentId).forEach((one) => one.classList.add("is-current"));
  });
  document.addEventListener("review:show", (event) => {
    makeCurrent(document.getElementById(`c-${event.detail.id}`));
  });

  /* Keys ------------------------------------------------------------------------------ */

  const help = document.getElementById("keys");
  const isOn = () => localStorage.getItem(STORED) !== "off";
  const press = (key) => {
    const target = current() && current().querySelector(`[data-key="${key}"]`);
    if (!target) return;
    // A part that has just come is made ready a moment later; a quick finger is quicker.
    if (window.htmx) window.htmx.process(current());
    target.click();
  };
  const openReason = () => {
    const reason = current() && current().querySelector(".candidate__reason");
    if (!reason) return;
    reason.open = true;
    reason.querySelector("[name=reason]").focus();
  };
  const tick = () => {
    const box = current() && current().querySelector(".candidate__tick input");
    if (box) box.click();
  };
  const actions = {
    j: () => step(1),
    k: () => step(-1),
    a: () => press("a"),
    r: () => press("r"),
    R: openReason,
    e: () => press("e"),
    m: () => press("m"),
    s: () => press("s"),
    u: () => press("u"),
    x: tick,
    "?": () => help && help.showModal(),
  };

  const isTyping = (target) => target.closest('input:not([type="checkbox"]), textarea, select, dialog');

  const moves = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1, Home: -Infinity, End: Infinity };
  const moveAmongWords = (event) => {
    if (!event.target.matches(".points__word") || !(event.key in moves)) return;
    event.preventDefault();
    const words = all(".points__word", event.target.parentElement);
    const at = words.indexOf(event.target) + moves[event.key];
    const next = words[Math.min(words.length - 1, Math.max(0, at))];
    event.target.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  };
  document.addEventListener("keydown", moveAmongWords);

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const cancel = event.target.closest(".candidate--edited")?.querySelector("[data-cancel]");
      if (cancel) cancel.click();
    }
    if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
    const action = actions[event.key];
    if (!action || (event.key !== "?" && !isOn())) return;
    event.preventDefault();
    action();
  });

  const helpButton = document.querySelector("[data-keys-help]");
  if (helpButton && help) {
    const box = document.getElementById("keys-on");
    helpButton.hidden = false;
    helpButton.addEventListener("click", () => help.showModal());
    box.checked = isOn();
    box.addEventListener("change", () => localStorage.setItem(STORED, box.checked ? "on" : "off"));
  }

  /* Pointer --------------------------------------------------------------------------- */

  document.addEventListener("click", (event) => {
    const place = event.target.closest(".candidate__place");
    const hit = event.target.closest(".hit a");
    // Where a drag that selected words ends, nobody meant to follow the link under it.
    if (hit && event.detail > 0 && !document.getSelection().isCollapsed) {
      event.preventDefault();
      return;
    }
    const target = place ? place.closest(".candidate") : hit && document.querySelector(hit.hash);
    if (place && target && isBeside()) event.preventDefault();
    if (hit && target) {
      event.preventDefault();
      const fold = target.closest("details");
      if (fold) fold.open = true;
      makeCurrent(target);
      target.scrollIntoView({ block: "center" });
    } else if (!event.target.closest("[data-words]") && (target || event.target.closest(".candidate"))) {
      makeCurrent(target || event.target.closest(".candidate"), { focus: false });
    }
  });

  const countTicked = () => {
    const words = document.querySelector("[data-ticked]");
    const count = all(".candidate__tick input:checked").length;
    if (words) words.textContent = `${count} ticked`;
  };
  document.addEventListener("change", countTicked);
  countTicked();

  const asked = location.hash.startsWith("#c-") && document.querySelector(location.hash);
  makeCurrent(asked || nextUndecided(null), { focus: Boolean(asked) });
})();
