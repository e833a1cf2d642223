// Draws a chart from figures in JSON with ECharts. The shape of the JSON is described in docs/explanation/design-system.md.
(() => {
  "use strict";
  const hosts = new Set();

  const colours = () => {
    const style = getComputedStyle(document.documentElement);
    const one = (name) => style.getPropertyValue(`--${name}`).trim();
    return {
      ink: one("ink"), soft: one("ink-soft"), line: one("line"), paper: one("paper"), amber: one("amber"),
      letters: one("letters").replaceAll('"', "'"),
      series: [1, 2, 3, 4, 5, 6].map((place) => one(`series-${place}`)),
    };
  };

  const language = document.documentElement.lang || "en";
  // A value that is not nothing is not written as 0, however small.
  const roundedTo = (value) => (value !== 0 && Math.abs(value) < 0.005 ? { maximumSignificantDigits: 1 } : { maximumFractionDigits: 2 });
  const written = (value) => new Intl.NumberFormat(language, roundedTo(value)).format(value);

  // A place on the axis: years keep their figures together.
  const place = (value) => (typeof value === "number" ? new Intl.NumberFormat(language, { useGrouping: false }).format(value) : String(value));

  // Lines differ by dash and point as well as by colour.
  const DASHES = ["solid", "dashed", "dotted", [8, 3, 2, 3], [2, 2], [12, 4]];
  const POINTS = ["circle", "rect", "triangle", "diamond", "roundRect", "pin"];

  const band = (series, colour, name) => {
    const low = series.low, width = series.high.map((high, order) => (high === null || low[order] === null ? null : high - low[order]));
    const hidden = { type: "line", stack: `band of ${name}`, stackStrategy: "all", symbol: "none", silent: true, lineStyle: { opacity: 0 }, tooltip: { show: false } };
    return [
      { ...hidden, data: low },
      { ...hidden, data: width, areaStyle: { color: colour, opacity: 0.18 } },
    ];
  };

  // A bar from the least to the greatest, standing on nothing that is seen.
  const spans = (series, colour) => {
    const common = { type: "bar", stack: `span of ${series.name}`, stackStrategy: "all", data: series.low };
    const width = series.high.map((high, order) => (high === null || series.low[order] === null ? null : high - series.low[order]));
    return [
      { ...common, silent: true, itemStyle: { opacity: 0 }, tooltip: { show: false } },
      { ...common, name: series.name, data: width, color: colour, tooltip: { valueFormatter: (value, order) => said(null, series, order) } },
    ];
  };

  // A span without a value in it is said as a span.
  const said = (value, series, place) => {
    if (value !== null && value !== undefined) return written(value);
    const low = series.low?.[place], high = series.high?.[place];
    return low === null || low === undefined ? "–" : `${written(low)} – ${written(high)}`;
  };

  const breaks = (figures, look) => (figures.breaks || []).length === 0 ? undefined : {
    symbol: "none", silent: true,
    lineStyle: { color: look.amber, type: "dashed", width: 2 },
    label: { color: look.ink, fontFamily: look.letters, fontSize: 16, formatter: (mark) => mark.name },
    data: figures.breaks.map((one) => ({ name: one.note, xAxis: place(one.at) })),
  };

  const option = (figures, caption) => {
    const look = colours();
    const words = { color: look.ink, fontFamily: look.letters, fontSize: 16 };
    const lines = figures.kind === "line" || figures.kind === undefined;
    const unit = figures.horizontal
      ? { nameLocation: "middle", nameGap: 36, nameTextStyle: words }
      : { nameGap: 32, nameTextStyle: { ...words, align: "left" } };
    const values = { type: "value", name: figures.unit || "", ...unit, axisLabel: { ...words, formatter: written, hideOverlap: true }, splitLine: { lineStyle: { color: look.line } } };
    const places = { type: "category", data: figures.x.map(place), axisLabel: { ...words, hideOverlap: true }, axisLine: { lineStyle: { color: look.soft } }, boundaryGap: !lines };
    const drawn = figures.series.flatMap((series, order) => {
      const colour = look.series[order % look.series.length];
      if (figures.kind === "span") return spans(series, colour);
      const main = {
        name: series.name, type: lines ? "line" : "bar", data: series.values, color: colour,
        stack: figures.stacked ? "all" : undefined, connectNulls: false, symbolSize: 8, symbol: POINTS[order % POINTS.length],
        tooltip: { valueFormatter: (value, order) => said(value, series, order) },
        lineStyle: { width: 3, type: DASHES[order % DASHES.length] }, markLine: order === 0 ? breaks(figures, look) : undefined,
      };
      return series.low && series.high ? [...band(series, colour, series.name), main] : [main];
    });
    return {
      animation: false, textStyle: words, aria: { enabled: true, label: { enabled: false }, decal: { show: !lines } },
      grid: { left: 12, right: 24, top: figures.horizontal ? 8 : 60, bottom: (figures.series.length > 1 ? 52 : 8) + (figures.horizontal ? 24 : 0), containLabel: true },
      legend: figures.series.length > 1 ? { bottom: 0, data: figures.series.map((series) => series.name), textStyle: words, itemWidth: 36 } : undefined,
      // Drawn on the canvas: a tooltip made of HTML would need inline styles, which the page's policy refuses.
      tooltip: { trigger: "axis", renderMode: "richText", confine: true, backgroundColor: look.paper, borderColor: look.soft, textStyle: words, valueFormatter: (value) => (value === null || value === undefined ? "–" : written(value)) },
      xAxis: figures.horizontal ? values : places,
      yAxis: figures.horizontal ? { ...places, inverse: true } : values,
      series: drawn,
    };
  };

  const draw = (host, canvas, figures) => {
    const chart = echarts.init(canvas, null, { renderer: "canvas" });
    const paint = () => chart.setOption(option(figures, host.dataset.caption), true);
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", host.dataset.caption);
    paint();
    hosts.add({ chart, paint });
  };

  window.addEventListener("resize", () => hosts.forEach(({ chart }) => chart.resize()));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => hosts.forEach(({ paint }) => paint()));
  (window.panahFigures ||= {}).chart = draw;
})();
