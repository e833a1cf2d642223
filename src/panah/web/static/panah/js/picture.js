// Saves a chart or map as a PNG, with its caption, key, sources and what must be said of borders: a picture goes further than its page.
(() => {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const KEPT = [
    "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "paint-order", "font-family", "font-size",
    "text-anchor",
  ];
  const MARGIN = 24, WIDTH = 1280, LETTERS = 20, LINE = 28;

  const loaded = (address) => new Promise((done, failed) => {
    const image = new Image();
    image.onload = () => done(image);
    image.onerror = () => failed(new Error("The drawing could not be read."));
    image.src = address;
  });

  // What the style sheet says of each part is written into the part itself, since a picture has no style sheet.
  const ofSvg = (drawing) => {
    const copy = drawing.cloneNode(true);
    const inside = [...copy.querySelectorAll("*")];
    [...drawing.querySelectorAll("*")].forEach((part, place) => {
      const look = getComputedStyle(part);
      KEPT.forEach((name) => inside[place].setAttribute(name, look.getPropertyValue(name)));
    });
    const [, , width, height] = drawing.getAttribute("viewBox").split(" ").map(Number);
    copy.setAttribute("xmlns", SVG);
    copy.setAttribute("width", width);
    copy.setAttribute("height", height);
    return loaded(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`);
  };

  const lines = (pen, text, width) => text.trim().split(/\s+/).reduce((found, word) => {
    const longer = found.length ? `${found.at(-1)} ${word}` : word;
    return found.length && pen.measureText(longer).width <= width ? [...found.slice(0, -1), longer] : [...found, word];
  }, []);

  const keyOf = (host) => [...host.querySelectorAll(".map-key li")].map((item) => ({
    colour: getComputedStyle(item.querySelector("rect")).fill, words: item.textContent.trim(),
  }));

  const picture = async (host) => {
    const drawing = host.querySelector("[data-canvas] > svg") || host.querySelector("[data-canvas] canvas");
    const image = drawing instanceof SVGElement ? await ofSvg(drawing) : drawing;
    const look = getComputedStyle(host), page = getComputedStyle(document.documentElement);
    const family = look.fontFamily, ink = look.color, paper = page.getPropertyValue("--paper").trim() || "white";
    const height = Math.round((image.height * (WIDTH - 2 * MARGIN)) / image.width);
    const canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
    const normal = `${LETTERS}px ${family}`, bold = `bold ${LETTERS + 6}px ${family}`;
    pen.font = bold;
    const head = lines(pen, host.querySelector("figcaption").textContent, WIDTH - 2 * MARGIN);
    pen.font = normal;
    const foot = [...host.querySelectorAll(":scope > .source")].flatMap((part) => lines(pen, part.textContent, WIDTH - 2 * MARGIN));
    const key = keyOf(host);
    canvas.width = WIDTH;
    canvas.height = 3 * MARGIN + head.length * (LINE + 6) + height + key.length * LINE + foot.length * LINE + MARGIN;
    pen.fillStyle = paper;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    let y = MARGIN + LINE;
    pen.fillStyle = ink;
    pen.font = bold;
    head.forEach((line) => { pen.fillText(line, MARGIN, y); y += LINE + 6; });
    pen.drawImage(image, MARGIN, y - LETTERS, WIDTH - 2 * MARGIN, height);
    y += height + MARGIN;
    pen.font = normal;
    key.forEach((one) => {
      pen.fillStyle = one.colour;
      pen.fillRect(MARGIN, y - LETTERS + 2, LETTERS, LETTERS);
      pen.fillStyle = ink;
      pen.fillText(one.words, MARGIN + LETTERS + 12, y);
      y += LINE;
    });
    foot.forEach((line) => { pen.fillText(line, MARGIN, y); y += LINE; });
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  };

  const save = async (host) => {
    const address = URL.createObjectURL(await picture(host));
    const link = document.createElement("a");
    link.href = address;
    link.download = `${host.querySelector("figcaption").textContent.trim().replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 80)}.png`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  };

  (window.panahFigures ||= {}).save = save;
})();
