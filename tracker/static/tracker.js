/* What pages do beyond links and forms: focus, closing of menus, printing, word of lost connections.
   Everything here is a convenience; each page reads and saves without it. */
(() => {
  "use strict";

  const focusWhatMatters = (root) => {
    const target = root.querySelector("[data-focus]");
    if (target) target.focus();
  };

  const closeMenus = (except) => {
    document.querySelectorAll("details.account-menu[open], details.menu[open]").forEach((menu) => {
      if (!menu.contains(except)) menu.removeAttribute("open");
    });
  };

  const sayNotSaved = () => {
    const words = document.getElementById("not-saved").content.cloneNode(true);
    document.getElementById("messages").replaceChildren(words);
    document.getElementById("messages").scrollIntoView({ block: "center" });
  };

  document.addEventListener("DOMContentLoaded", () => focusWhatMatters(document));
  document.addEventListener("click", (event) => {
    closeMenus(event.target);
    if (event.target.closest("[data-print]")) window.print();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = event.target.closest("details[open]");
    closeMenus(null);
    if (menu) menu.querySelector("summary").focus();
  });
  document.addEventListener("htmx:afterSettle", (event) => focusWhatMatters(event.target));
  document.addEventListener("htmx:responseError", sayNotSaved);
  document.addEventListener("htmx:sendError", sayNotSaved);
  document.addEventListener("htmx:timeout", sayNotSaved);
})();
