/* The log without waiting: each line is kept here until the server says that it has it.
   Without this script the form is an ordinary one; a line is known by the id that it is given here. */
(() => {
  "use strict";

  const form = document.querySelector("[data-log]");
  if (!form) return;
  const typed = form.elements.typed;
  const state = document.getElementById("log-state");
  const waiting = document.getElementById("log-waiting");
  const lines = document.getElementById("log-lines");
  const prefix = `tracker-log:${form.dataset.person}:${form.getAttribute("action")}:`;
  const draftKey = `${prefix}draft`;
  const PAUSES = [1000, 2000, 4000, 8000, 15000];
  const PATIENCE = 10000;
  let failures = 0;
  let timer = null;
  let isSending = false;
  let why = "";
  document.documentElement.classList.add("has-script");

  const newId = () => {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  /* One entry of the store a line, so that two tabs never overwrite each other's. */
  const kept = () => Object.keys(localStorage)
    .filter((key) => key.startsWith(`${prefix}line:`))
    .map((key) => JSON.parse(localStorage.getItem(key)))
    .sort((one, other) => one.at - other.at || (one.count || 0) - (other.count || 0));
  const keep = (line) => localStorage.setItem(`${prefix}line:${line.id}`, JSON.stringify(line));
  const forget = (id) => localStorage.removeItem(`${prefix}line:${id}`);

  const show = () => {
    const held = kept();
    waiting.hidden = held.length === 0;
    waiting.replaceChildren(...held.map((line) => {
      const entry = document.createElement("li");
      entry.textContent = line.refused ? `${line.fields.typed} – ${line.refused}` : line.fields.typed;
      if (line.aside) entry.append(" – not finished, not sent");
      if (isHeld(line)) entry.append(" ", backButton(line));
      return entry;
    }));
    const sending = held.filter((line) => !isHeld(line)).length;
    state.classList.toggle("is-waiting", held.length > sending || (sending > 0 && failures > 0));
    if (!held.length) state.textContent = state.dataset.allSaved;
    else if (!sending) state.textContent = held.some((line) => line.refused) ? "A line was not taken; see why below." : "A line that you began stands below.";
    else if (failures) state.textContent = `${sending === 1 ? "1 line waits" : `${sending} lines wait`} for the server and ${sending === 1 ? "is" : "are"} kept on this computer. ${why}`;
    else state.textContent = "Saving …";
  };

  const backButton = (line) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "usa-button usa-button--unstyled";
    button.textContent = "Take it back to change it";
    button.addEventListener("click", () => {
      if (!setAside()) return;
      fill(line.fields);
      keepDraft();
      forget(line.id);
      show();
      typed.focus();
    });
    return button;
  };

  /* What the form says, as one thing: a draft and a line that is taken back are all of it. */
  const NAMES = ["agenda", "typed", "who", "state", "reason", "task"];
  const fieldsNow = () => Object.fromEntries(NAMES.map((name) => [name, form.elements[name].value]));
  const fill = (fields) => {
    NAMES.forEach((name) => { if (name in fields) form.elements[name].value = fields[name]; });
    if (form.elements.state.selectedIndex < 0) form.elements.state.value = "open";
    if (form.elements.agenda.selectedIndex < 0) form.elements.agenda.value = "";
    if (form.elements.who.selectedIndex < 0) form.elements.who.value = "";
    showReason();
  };
  const keepDraft = () => {
    try {
      localStorage.setItem(draftKey, JSON.stringify(fieldsNow()));
      return true;
    } catch { /* No room: the text still stands in the field. */
      return false;
    }
  };
  const readDraft = () => {
    const text = localStorage.getItem(draftKey);
    try {
      const found = JSON.parse(text);
      return found && typeof found === "object" ? found : null;
    } catch { /* As an earlier version kept it: the words alone. */
      return { typed: text };
    }
  };
  /* Before something else comes into the form, what stands there is laid beside it. */
  const setAside = () => {
    if (!typed.value.trim()) return true;
    try {
      keep({ id: newId(), at: Date.now(), count: kept().length, fields: fieldsNow(), aside: true });
    } catch {
      state.textContent = "There is no room to keep what you began; save or delete it first.";
      return false;
    }
    show();
    return true;
  };

  const isHeld = (line) => Boolean(line.refused || line.aside);

  const freshToken = async () => {
    const page = await fetch(form.getAttribute("action"), { redirect: "manual" });
    if (page.status !== 200) return "out";
    const found = new DOMParser().parseFromString(await page.text(), "text/html");
    const theirs = found.querySelector("[data-log]");
    if (!theirs) return "out";
    if (theirs.dataset.person !== form.dataset.person) return "somebody else";
    form.elements.csrf_token.value = theirs.querySelector("[name=csrf_token]").value;
    return "again";
  };

  const send = async (line) => {
    const body = new URLSearchParams(line.fields);
    body.set("client_id", line.id);
    body.set("person", form.dataset.person);
    body.set("csrf_token", form.elements.csrf_token.value);
    const answer = await fetch(form.getAttribute("action"), {
      method: "POST",
      body,
      headers: { "X-Log": "1" },
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE),
    });
    const text = await answer.text();
    if (answer.status === 200 && answer.headers.get("X-Log-Stored") === line.id) {
      const part = new DOMParser().parseFromString(text, "text/html");
      lines.replaceChildren(...part.body.childNodes);
      return "stored";
    }
    if (answer.status === 422 || answer.status === 413) {
      line.refused = answer.status === 422 ? text : "It is too long.";
      keep(line);
      return "refused";
    }
    if (answer.status === 400) return freshToken();
    if (answer.status === 409) return "somebody else";
    return answer.status === 401 || answer.type === "opaqueredirect" ? "out" : answer.status === 403 || answer.status === 404 ? "not yours" : "no answer";
  };

  const REASONS = {
    out: "You are signed out: sign in on another tab, and they are sent.",
    "somebody else": "Somebody else is signed in on this browser: sign in yourself on another tab, and they are sent.",
    "not yours": "You may not write in this log any more; tell the dialogue's lead.",
    "no answer": "The server does not answer; it is tried again.",
  };

  const flush = async () => {
    if (isSending) return;
    isSending = true;
    clearTimeout(timer);
    let tries = 0;
    for (let line = next(); line; line = next()) {
      let outcome;
      try {
        outcome = await send(line);
      } catch {
        outcome = "no answer";
      }
      if (outcome === "stored") forget(line.id);
      if (outcome === "stored" || outcome === "refused") failures = 0;
      else if (outcome !== "again" || ++tries > 1) {
        why = REASONS[outcome] || REASONS.out;
        failures += 1;
        timer = setTimeout(flush, PAUSES[Math.min(failures, PAUSES.length) - 1]);
        break;
      }
      show();
    }
    isSending = false;
    show();
  };
  const next = () => kept().find((line) => !isHeld(line));

  const needsReason = () => form.elements.state.value !== "open";
  const showReason = () => form.querySelector("[data-reason]").toggleAttribute("data-unneeded", !needsReason());

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!typed.value.trim()) return;
    if (needsReason() && !form.elements.reason.value.trim()) {
      form.elements.reason.focus();
      state.textContent = "Say why it is deferred or dropped; it stays in the log.";
      return;
    }
    const fields = fieldsNow();
    const line = { id: newId(), at: Date.now(), count: kept().length, fields };
    try {
      keep(line);
    } catch {
      form.submit(); /* No room to keep it: then the ordinary way, which says whether it worked. */
      return;
    }
    typed.value = "";
    localStorage.removeItem(draftKey);
    form.elements.reason.value = "";
    form.elements.task.value = "";
    form.elements.state.value = "open";
    showReason();
    document.querySelectorAll(`[data-objective="${fields.task}"]`).forEach((entry) => entry.remove());
    typed.focus();
    show();
    flush();
  });

  form.elements.state.addEventListener("change", showReason);
  ["agenda", "who", "state", "reason"].forEach((name) => {
    form.elements[name].addEventListener("input", () => typed.value.trim() && keepDraft());
  });
  window.addEventListener("online", flush);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && next() && flush());

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-use]");
    if (!link) return;
    event.preventDefault();
    if (!setAside()) return;
    const objective = link.closest("[data-objective]");
    form.elements.task.value = objective.dataset.objective;
    form.elements.agenda.value = objective.dataset.agenda;
    form.elements.state.value = link.dataset.use;
    form.elements.reason.value = "";
    typed.value = objective.dataset.title;
    showReason();
    keepDraft();
    (needsReason() ? form.elements.reason : typed).focus();
    typed.setSelectionRange(typed.value.length, typed.value.length);
  });

  /* Names behind an @: the arrows choose, Tab or Enter takes one, Escape closes. */
  const list = document.getElementById("names");
  const options = Array.from(list.children);
  options.forEach((option, index) => { option.id = `name-${index}`; });
  typed.setAttribute("role", "combobox");
  typed.setAttribute("aria-autocomplete", "list");
  typed.setAttribute("aria-controls", "names");
  typed.setAttribute("aria-expanded", "false");
  const begun = () => /(?:^|\s)@([^@!#;]{1,40})$/.exec(typed.value.slice(0, typed.selectionStart));
  const shownOptions = () => options.filter((option) => !option.hidden);
  const choose = (option) => {
    options.forEach((one) => one.setAttribute("aria-selected", String(one === option)));
    if (option) typed.setAttribute("aria-activedescendant", option.id);
    else typed.removeAttribute("aria-activedescendant");
  };
  const suggest = () => {
    const match = begun();
    const wanted = match ? match[1].toLowerCase() : null;
    let count = 0;
    options.forEach((option) => {
      const name = option.dataset.name.toLowerCase();
      const fits = wanted !== null && wanted !== name && name.split(/\s+/).some((word, index, words) => words.slice(index).join(" ").startsWith(wanted));
      option.hidden = !fits || ++count > 6;
    });
    list.hidden = count === 0;
    typed.setAttribute("aria-expanded", String(count > 0));
    choose(count ? shownOptions()[0] : null);
  };
  const take = (option) => {
    const match = begun();
    const end = typed.selectionStart;
    const start = end - match[1].length;
    typed.value = `${typed.value.slice(0, start)}${option.dataset.name} ${typed.value.slice(end)}`;
    const place = start + option.dataset.name.length + 1;
    typed.setSelectionRange(place, place);
    keepDraft();
    suggest();
    typed.focus();
  };
  typed.addEventListener("input", () => {
    keepDraft();
    suggest();
  });
  typed.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const shown = shownOptions();
    const at = shown.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(shown[(at + (event.key === "ArrowDown" ? 1 : shown.length - 1)) % shown.length]);
    } else if ((event.key === "Tab" || event.key === "Enter") && at >= 0) {
      event.preventDefault();
      take(shown[at]);
    } else if (event.key === "Escape") {
      list.hidden = true;
      typed.setAttribute("aria-expanded", "false");
      choose(null);
    }
  });
  typed.addEventListener("blur", () => setTimeout(() => { list.hidden = true; }, 150));
  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest("li");
    if (!option) return;
    event.preventDefault();
    take(option);
  });

  const draft = readDraft();
  if (draft && draft.typed && !typed.value) fill(draft);
  showReason();
  show();
  if (next()) flush();
})();
