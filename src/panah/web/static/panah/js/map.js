// Draws a map of the region from figures in JSON and a TopoJSON file of borders. Shape of both: docs/explanation/design-system.md.
(() => {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const WIDTH = 960, HEIGHT = 560, STEPS = 5, ROOM_FOR_FIGURES = 640;
  const language = document.documentElement.lang || "en";
  // A value that is not nothing is not written as 0, however small.
  const roundedTo = (value) => (value !== 0 && Math.abs(value) < 0.005 ? { maximumSignificantDigits: 1 } : { maximumFractionDigits: 2 });
  const written = (value) => new Intl.NumberFormat(language, roundedTo(value)).format(value);

  const shape = (name, attributes, ...children) => {
    const element = document.createElementNS(SVG, name);
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    element.append(...children);
    return element;
  };

  // Steps of equal count, so that one large state does not make all others look alike; equal figures share a step.
  const stepsOf = (values) => {
    const sorted = values.filter((value) => value !== null && value !== undefined).sort((a, b) => a - b);
    const different = [...new Set(sorted)];
    const count = Math.min(STEPS, different.length);
    const bounds = Array.from({ length: count }, (_, place) => different[Math.floor((place * different.length) / count)]);
    const step = (value) => {
      const place = bounds.filter((bound) => value >= bound).length;
      return count === 1 ? STEPS : 1 + Math.round(((place - 1) * (STEPS - 1)) / (count - 1));
    };
    return { bounds, step, largest: different.at(-1) };
  };

  // What the colours mean, in figures.
  const key = (steps, host) => {
    const list = document.createElement("ul");
    list.className = "map-key";
    const line = (style, words) => {
      const item = document.createElement("li");
      item.append(shape("svg", { viewBox: "0 0 20 20", "aria-hidden": "true" }, shape("rect", { width: 20, height: 20, class: `area ${style}` })), words);
      list.append(item);
    };
    steps.bounds.forEach((bound, place) => {
      const next = steps.bounds[place + 1];
      const words = next === undefined
        ? (bound === steps.largest ? written(bound) : `${written(bound)} – ${written(steps.largest)}`)
        : `${written(bound)} – < ${written(next)}`;
      line(`step-${steps.step(bound)}`, words);
    });
    line("", host.dataset.noValue);
    return list;
  };

  const draw = async (host, canvas, figures) => {
    const answer = await fetch(host.dataset.borders);
    if (!answer.ok) throw new Error(`The borders answered ${answer.status}`);
    const borders = await answer.json();
    const areas = topojson.feature(borders, borders.objects.countries).features;
    const known = new Map(figures.areas.map((area) => [area.code, area]));
    const inside = areas.filter((area) => known.has(area.id));
    const projection = d3.geoConicEqualArea().rotate([-62, 0]).parallels([28, 50])
      .fitExtent([[16, 16], [WIDTH - 16, HEIGHT - 16]], { type: "FeatureCollection", features: inside });
    projection.clipExtent([[0, 0], [WIDTH, HEIGHT]]);
    const path = d3.geoPath(projection);
    const steps = stepsOf(figures.areas.map((area) => area.value));
    const drawing = shape("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "group", "aria-label": host.dataset.caption });

    const one = (area) => {
      const facts = known.get(area.id);
      const words = facts.value === null || facts.value === undefined ? host.dataset.noValue : `${written(facts.value)}${figures.unit ? ` ${figures.unit}` : ""}`;
      const style = facts.value === null || facts.value === undefined ? "area" : `area step-${steps.step(facts.value)}`;
      const outline = shape("path", { d: path(area) || "", class: style });
      const title = shape("title", {});
      title.textContent = `${facts.name}: ${words}`;
      outline.append(title);
      if (!facts.url) return outline;
      return shape("a", { href: facts.url, "aria-label": `${facts.name}: ${words}` }, outline);
    };
    const label = (area) => {
      const facts = known.get(area.id);
      // The largest part of a state, so that islands do not pull its figure into the sea.
      const [x, y] = path.centroid(largest(area));
      const text = shape("text", { x, y, "aria-hidden": "true", "font-size": (16 * WIDTH) / canvas.clientWidth });
      text.textContent = facts.value === null || facts.value === undefined ? "–" : written(facts.value);
      return text;
    };
    // Crossings: a ring for each, its area after its figure; without a figure it is small and hollow.
    const most = Math.max(1, ...(figures.points || []).map((point) => point.value || 0));
    const ring = (point) => {
      const [cx, cy] = projection([point.x, point.y]) || [];
      if (cx === undefined) return null;
      const known = point.value !== null && point.value !== undefined;
      const circle = shape("circle", { cx, cy, r: known ? 6 + 18 * Math.sqrt(point.value / most) : 6, class: known ? "crossing" : "crossing withheld" });
      const title = shape("title", {});
      title.textContent = `${point.name}: ${known ? `${written(point.value)}${figures.unit ? ` ${figures.unit}` : ""}` : point.why || host.dataset.noValue}`;
      circle.append(title);
      return circle;
    };
    const largest = (area) => area.geometry.type !== "MultiPolygon" ? area : {
      type: "Polygon",
      coordinates: area.geometry.coordinates.reduce((a, b) =>
        path.area({ type: "Polygon", coordinates: b }) > path.area({ type: "Polygon", coordinates: a }) ? b : a),
    };

    drawing.append(
      ...areas.filter((area) => !known.has(area.id)).map((area) => shape("path", { d: path(area) || "", class: "area outside" })),
      ...inside.map(one),
      ...(canvas.clientWidth >= ROOM_FOR_FIGURES ? inside.map(label) : []),
      ...(figures.points || []).map(ring).filter(Boolean),
    );
    canvas.replaceChildren(drawing, key(steps, host));
  };

  (window.panahFigures ||= {}).map = draw;
})();
