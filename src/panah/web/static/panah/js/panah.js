// What pages gain when scripts run. Without this file every page still works: menus are <details>, answers are radio buttons.
(() => {
  "use strict";
  document.documentElement.classList.add("scripts");
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));

  // Menus close on Escape and when the reader turns elsewhere.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    all("details.menu[open]").forEach((menu) => {
      menu.open = false;
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    });
  });
  const closeOthers = (event) => {
    all("details.menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  };
  document.addEventListener("click", closeOthers);
  document.addEventListener("focusin", closeOthers);

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });

  // On a phone the main menu is one row that is pushed sideways: where the reader is comes into view.
  const here = document.querySelector(".main-menu [aria-current]");
  const row = here?.closest("ul");
  if (row && row.scrollWidth > row.clientWidth) {
    const middle = (box) => box.left + box.width / 2;
    row.scrollLeft += middle(here.getBoundingClientRect()) - middle(row.getBoundingClientRect());
  }

  // A form that came back with errors: reading starts at the list of them.
  document.querySelector("[data-focus]")?.focus();

  // Failures of partial requests are said in the page's own message region.
  const say = (text) => {
    const region = document.getElementById("messages");
    if (!region || !text) return;
    const line = document.createElement("p");
    line.className = "message error";
    line.textContent = text;
    region.replaceChildren(line);
    region.scrollIntoView({ block: "nearest" });
  };
  const told = (name) => document.getElementById("messages")?.dataset[name];
  document.addEventListener("htmx:responseError", () => say(told("failed")));
  document.addEventListener("htmx:sendError", () => say(told("offline")));

  // The four answers: a tap sends at once; arrows and space only choose, so that Enter decides.
  document.addEventListener("click", (event) => {
    const input = event.target.closest("[data-answers] input[type=radio]");
    // Browsers send a click for arrows too; only one that a pointer began on this very answer counts as a tap.
    if (input && input.dataset.tapped) {
      delete input.dataset.tapped;
      input.form?.requestSubmit();
    }
  });
  document.addEventListener("keydown", () => all("[data-tapped]").forEach((input) => { delete input.dataset.tapped; }));
  document.addEventListener("pointerup", (event) => {
    all("[data-tapped]").forEach((input) => { delete input.dataset.tapped; });
    const input = event.target.closest(".answer")?.querySelector("input[type=radio]");
    if (input) input.dataset.tapped = "yes";
  });

  // Files: drop on the whole box; the browser's own field stays in use.
  all("[data-file-drop]").forEach((box) => {
    const field = box.querySelector("input[type=file]");
    const name = box.querySelector("[data-file-name]");
    const show = () => {
      name.textContent = Array.from(field.files, (file) => file.name).join(", ");
    };
    const over = (event) => {
      event.preventDefault();
      box.classList.toggle("is-over", event.type === "dragover");
    };
    box.addEventListener("dragover", over);
    box.addEventListener("dragleave", over);
    box.addEventListener("drop", (event) => {
      over(event);
      if (!event.dataTransfer.files.length) return;
      field.files = event.dataTransfer.files;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
    field.addEventListener("change", show);
  });

  // Charts and maps bring their drawing scripts with them only where a page has one.
  const fetched = new Map();
  const script = (address) => {
    if (!fetched.has(address)) {
      fetched.set(address, new Promise((done, failed) => {
        const tag = document.createElement("script");
        tag.src = address;
        tag.onload = done;
        tag.onerror = failed;
        document.head.append(tag);
      }));
    }
    return fetched.get(address);
  };
  const draw = async (host) => {
    for (const address of host.dataset.scripts.split(" ")) await script(address);
    const answer = await fetch(host.dataset.src, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`${host.dataset.src} answered ${answer.status}`);
    const canvas = host.querySelector("[data-canvas]");
    canvas.hidden = false;
    await window.panahFigures[host.dataset.figure](host, canvas, await answer.json());
    all("[data-with-canvas]", host).forEach((part) => { part.hidden = false; });
    host.querySelector("[data-table]").open = false;
  };
  const drawAll = (root) => all("[data-figure]:not([data-drawn])", root).forEach((host) => {
    host.dataset.drawn = "yes";
    // The table stays open when the drawing fails.
    draw(host).catch((error) => { host.querySelector("[data-canvas]").hidden = true; console.error(error); });
  });
  drawAll(document);
  document.addEventListener("htmx:afterSwap", (event) => drawAll(event.target));

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-picture]");
    if (button) window.panahFigures.save(button.closest("[data-figure]"));
    const copies = event.target.closest("[data-copies]");
    if (copies) navigator.clipboard.writeText(document.getElementById(copies.dataset.copies).textContent.trim());
  });
})();
