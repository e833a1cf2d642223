// Single keys for what an officer does all day. They work while nothing is being written in, and can be turned off (WCAG 2.1.4).
(() => {
  "use strict";
  const OFF = "panah-keys-off";
  const dialog = document.getElementById("keys");
  const list = dialog?.querySelector("[data-keys-list]");
  const off = () => {
    try { return localStorage.getItem(OFF) === "yes"; } catch { return false; }
  };

  const writing = (target) =>
    target.isContentEditable || target.matches("textarea, select, input:not([type=radio], [type=checkbox], [type=submit], [type=button])");

  const pageKeys = () => Array.from(document.querySelectorAll("main [data-key]"));

  // The help lists the keys of this very page after the ones that every page has.
  const open = () => {
    if (!dialog || dialog.open) return;
    list.querySelectorAll("[data-of-page]").forEach((row) => row.remove());
    pageKeys().forEach((target) => {
      const row = document.createElement("div");
      row.dataset.ofPage = "";
      const key = document.createElement("kbd");
      key.textContent = target.dataset.key;
      const term = document.createElement("dt");
      term.append(key);
      const words = document.createElement("dd");
      words.textContent = target.dataset.keyLabel || target.querySelector(".tile-label")?.textContent || target.textContent.trim();
      row.append(term, words);
      list.append(row);
    });
    dialog.showModal();
  };

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-opens=keys]") && dialog) {
      event.preventDefault();
      open();
    }
  });

  const button = dialog?.querySelector("[data-keys-switch]");
  const label = () => { button.textContent = off() ? button.dataset.on : button.dataset.off; };
  button?.addEventListener("click", () => {
    try { localStorage.setItem(OFF, off() ? "no" : "yes"); } catch { /* a browser that keeps nothing: the keys stay on */ }
    label();
  });
  if (button) label();

  const answer = (key) => {
    const input = document.querySelector(`[data-answers] input[data-answer-key="${key}"]`);
    if (!input) return false;
    input.checked = true;
    input.focus();
    input.dispatchEvent(new Event("change", { bubbles: true }));
    // With several questions on one page a key cannot know which form is meant to be sent.
    if (document.querySelectorAll("[data-answers]").length === 1) input.form?.requestSubmit();
    return true;
  };

  const search = () => {
    const field = document.querySelector("input[type=search], [data-search]");
    field?.focus();
    return Boolean(field);
  };

  const press = (key) => {
    const target = pageKeys().find((one) => one.dataset.key === key)
      || Array.from(document.querySelectorAll("[data-key]")).find((one) => one.dataset.key === key);
    if (!target) return false;
    if (target.matches("input, select, textarea")) target.focus();
    else target.click();
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || dialog?.open || writing(event.target)) return;
    if (event.key === "?") { event.preventDefault(); open(); return; }
    if (off()) return;
    const done = event.key === "/" ? search() : /^[1-4]$/.test(event.key) && answer(event.key) || press(event.key.toLowerCase());
    if (done) event.preventDefault();
  });
})();
