/* Several people review one cable: every few seconds this asks what came since, and puts it in its
   place. What somebody writes, ticks or reads just now stays as it is. Works beside review.js. */
(() => {
  "use strict";

  const review = document.querySelector("[data-live]");
  if (!review) return;

  const EVERY = 3000;
  const source = document.querySelector("[data-source]");
  const news = document.getElementById("review-news");
  let isEnded = false;

  const cardOf = (id) => document.getElementById(`c-${id}`);
  const made = (html) => {
    const template = document.createElement("template");
    template.innerHTML = html.trim();
    return template.content.firstElementChild;
  };
  const say = (words) => { if (words && news) news.textContent = words; };

  /* A form that is open, or a reason that is being typed, is nobody else's to change. */
  const isBusy = (card) => {
    const reason = card.querySelector(".candidate__reason [name=reason]");
    return card.classList.contains("candidate--edited") || Boolean(reason && reason.value)
      || (reason !== null && reason === document.activeElement);
  };

  const listOf = (card) => {
    const group = document.getElementById(card.group);
    if (!group) return null;
    return card.tier === "possible" ? group.querySelector(".review-possible") : group;
  };

  const place = (card, fresh) => {
    const before = card.after && cardOf(card.after);
    if (before) return before.after(fresh);
    const list = listOf(card);
    const head = list && list.querySelector(":scope > h2, :scope > summary");
    if (head) return head.after(fresh);
    return say("More came to this review: load the page again to see all of it.");
  };

  const put = (card) => {
    const old = cardOf(card.id);
    if (old && (Number(old.dataset.version) >= card.version || isBusy(old))) return;
    const fresh = made(card.html);
    if (!old) {
      place(card, fresh);
    } else {
      const hasFocus = old.contains(document.activeElement);
      const isCurrent = old.classList.contains("is-current");
      const isTicked = old.querySelector(".candidate__tick input:checked") !== null;
      old.replaceWith(fresh);
      const box = fresh.querySelector(".candidate__tick input");
      if (box) box.checked = isTicked;
      if (isCurrent) fresh.classList.add("is-current");
      if (hasFocus) fresh.focus({ preventScroll: true });
    }
    if (fresh.isConnected && window.htmx) window.htmx.process(fresh);
  };

  const remove = (id) => {
    const card = cardOf(id);
    if (card && !isBusy(card)) card.remove();
  };

  const apply = (changes) => {
    const hadFocus = document.activeElement !== document.body;
    // New cards first: what goes may be what they stand beside.
    changes.cards.forEach(put);
    changes.gone.forEach(remove);
    document.getElementById("review-counts").innerHTML = changes.counts;
    const likely = document.getElementById("review-likely");
    if (likely && !likely.contains(document.activeElement)) likely.innerHTML = changes.likely;
    if (changes.source !== null) source.innerHTML = changes.source;
    review.dataset.revision = changes.revision;
    say(changes.news);
    const hasLost = hadFocus && document.activeElement === document.body;
    document.dispatchEvent(new CustomEvent("review:applied", { detail: { hasLost } }));
  };

  const ask = async () => {
    const address = `${review.dataset.live}?since=${review.dataset.revision}`;
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    // Signed out, or no longer of this dialogue: the next step of the person will say so.
    if (answer.redirected || (answer.status >= 400 && answer.status < 500)) isEnded = true;
    else if (answer.status === 200) apply(await answer.json());
  };

  let asking = Promise.resolve();
  const refresh = () => {
    asking = asking.then(ask).catch(() => { /* The server does not answer; it is asked again. */ });
    return asking;
  };

  document.addEventListener("review-changed", async (event) => {
    const card = event.target.closest(".candidate--edited");
    if (card) card.classList.remove("candidate--edited");
    await refresh();
    if (card && card.isConnected) card.classList.add("candidate--edited");
    say(event.detail.words);
    document.dispatchEvent(new CustomEvent("review:show", { detail: { id: event.detail.go } }));
  });

  window.setInterval(() => { if (!isEnded && !document.hidden) refresh(); }, EVERY);
  document.addEventListener("visibilitychange", () => { if (!isEnded && !document.hidden) refresh(); });
})();
