/* On the task list: says how many tasks are ticked, and ticks all of a page.
   A convenience; ticking and sending the form work without it. */
(() => {
  "use strict";

  const boxes = () => [...document.querySelectorAll('input[name="pick"]')];

  const tell = () => {
    const count = boxes().filter((box) => box.checked).length;
    document.getElementById("bulk-count").textContent = count ? ` – ${count} ticked` : "";
    return count;
  };

  document.addEventListener("DOMContentLoaded", () => {
    const all = document.getElementById("bulk-all");
    if (!all) return;
    all.hidden = false;
    all.addEventListener("click", () => {
      const isComplete = boxes().every((box) => box.checked);
      boxes().forEach((box) => { box.checked = !isComplete; });
      tell();
    });
    document.addEventListener("change", (event) => {
      if (event.target.name !== "pick") return;
      if (tell() && event.target.checked) document.getElementById("bulk-panel").open = true;
    });
    tell();
  });
})();
