// Charts as drawings from the data of an Answer, with the same data as a table beneath.

import { el, svg } from "./elements.js";
import { figure, say } from "./words.js";

// On a phone a drawing has fewer units across, so that its text stays as large as the text around it.
const narrow = () => matchMedia("(max-width: 34rem)").matches;

const DRAW = { radar, bars, line, ranking };

/** A chart with its title, its summary as text alternative, and its data. */
export function chart(data) {
  const series = Object.entries(data.series);
  const drawing = (DRAW[data.kind] ?? bars)(data.labels, series);
  drawing.setAttribute("role", "img");
  drawing.setAttribute("aria-label", `${data.title}. ${data.summary}`);
  return el(
    "figure",
    { class: `chart chart-${data.kind}` },
    el("figcaption", {}, el("strong", {}, data.title), data.summary ? el("span", {}, data.summary) : null),
    series.length > 1 ? legend(series) : null,
    drawing,
    data.kind === "radar" && narrow() ? el("ol", { class: "spokes" }, data.labels.map((label) => el("li", {}, label))) : null,
    table(data, series),
  );
}

function legend(series) {
  const entry = ([name], n) => el("li", {}, svg("svg", { viewBox: "0 0 12 12", class: "key", "aria-hidden": "true" }, svg("rect", { width: 12, height: 12, rx: 3, class: `fill-${n % 4}` })), name);
  return el("ul", { class: "legend" }, series.map(entry));
}

function table(data, series) {
  const head = el("tr", {}, el("td"), series.map(([name]) => el("th", { scope: "col" }, name)));
  const row = (label, n) => el("tr", {}, el("th", { scope: "row" }, label), series.map(([, values]) => el("td", { class: "number" }, shown(values[n], series))));
  return el("details", { class: "chart-data" }, el("summary", {}, say("chart_data")), el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": data.title }, el("table", {}, el("thead", {}, head), el("tbody", {}, data.labels.map(row)))));
}

const isKnown = (value) => value !== null && value !== undefined;
const shown = (value, series) => {
  const whole = series.every(([, values]) => values.filter(isKnown).every(Number.isInteger));
  return isKnown(value) ? figure(whole ? value : value.toFixed(2)) : say("none");
};
const top = (series) => Math.max(5, ...series.flatMap(([, values]) => values.filter(isKnown)));

/** Horizontal bars, one group a label: readable on a phone however long the labels are. */
function bars(labels, series) {
  const width = narrow() ? 290 : 640, bar = 14, gap = 4, head = 22, space = 14, right = 56;
  const group = head + series.length * (bar + gap) + space;
  const scale = (value) => (value / top(series)) * (width - right);
  const parts = labels.flatMap((label, row) => [
    svg("text", { x: 0, y: row * group + 15, class: "label" }, label),
    ...series.flatMap(([, values], n) => {
      const y = row * group + head + n * (bar + gap);
      return [
        svg("rect", { x: 0, y, width: width - right, height: bar, rx: 4, class: "track" }),
        isKnown(values[row]) ? svg("rect", { x: 0, y, width: Math.max(scale(values[row]), 2), height: bar, rx: 4, class: `fill-${n % 4}` }) : null,
        svg("text", { x: width, y: y + bar - 2, class: "value", "text-anchor": "end" }, shown(values[row], series)),
      ];
    }),
  ]);
  return svg("svg", { viewBox: `0 0 ${width} ${labels.length * group - space}` }, parts);
}

/** A ranking is bars, one series, in the order given. */
function ranking(labels, series) {
  return bars(labels.map((label, n) => `${n + 1}. ${label}`), series);
}

/** A line over the years; a gap where a year is missing. */
function line(labels, series) {
  const width = narrow() ? 290 : 640, height = narrow() ? 220 : 300, left = narrow() ? 20 : 40, bottom = 34, above = 24;
  const x = (n) => left + 24 + (labels.length < 2 ? 0.5 : n / (labels.length - 1)) * (width - left - 60);
  const y = (value) => height - bottom - ((value - 1) / (top(series) - 1)) * (height - bottom - above);
  const grid = [1, 2, 3, 4, 5].map((value) => [
    svg("line", { x1: left, x2: width, y1: y(value), y2: y(value), class: "grid" }),
    svg("text", { x: left - 10, y: y(value) + 5, class: "axis", "text-anchor": "end" }, String(value)),
  ]);
  const names = labels.map((label, n) => svg("text", { x: x(n), y: height - 8, class: "axis", "text-anchor": "middle" }, label));
  const highest = (at) => Math.max(...series.map(([, values]) => values[at] ?? 0));
  const lines = series.map(([, values], n) => {
    const points = values.map((value, at) => (isKnown(value) ? [x(at), y(value), value, at] : null));
    const path = points.map((point, at) => (point ? `${points[at - 1] ? "L" : "M"}${point[0]} ${point[1]}` : "")).join("");
    return [
      svg("path", { d: path, class: `stroke-${n % 4}` }),
      points.filter(Boolean).flatMap(([px, py, value, at]) => [svg("circle", { cx: px, cy: py, r: 5, class: `fill-${n % 4}` }), svg("text", { x: px, y: py + (highest(at) === value ? -12 : 24), class: "value", "text-anchor": "middle" }, shown(value, series))]),
    ];
  });
  return svg("svg", { viewBox: `0 0 ${width} ${height}` }, [...grid, names, lines].flat(3));
}

/** A radar of values 0 to 5; labels are numbered, their names stand in the table. */
function radar(labels, series) {
  const size = narrow() ? 290 : 440, middle = size / 2, radius = narrow() ? 112 : 160;
  const at = (n, value) => {
    const angle = (n / labels.length) * 2 * Math.PI - Math.PI / 2;
    const length = (value / top(series)) * radius;
    return [middle + length * Math.cos(angle), middle + length * Math.sin(angle)];
  };
  const ring = (value) => svg("polygon", { points: labels.map((_, n) => at(n, value).join(",")).join(" "), class: "grid" });
  const spokes = labels.map((label, n) => {
    const [x, y] = at(n, top(series));
    const [tx, ty] = at(n, top(series) * 1.1);
    const anchor = Math.abs(tx - middle) < 8 ? "middle" : tx < middle ? "end" : "start";
    const short = narrow() ? String(n + 1) : label.length > 18 ? `${label.slice(0, 17)}…` : label;
    return [svg("line", { x1: middle, y1: middle, x2: x, y2: y, class: "grid" }), svg("text", { x: tx, y: ty + 4, class: "axis", "text-anchor": anchor }, svg("title", {}, label), short)];
  });
  const areas = series.map(([, values], n) => svg("polygon", { points: values.map((value, i) => at(i, value ?? 0).join(",")).join(" "), class: `area-${n % 4}` }));
  return svg("svg", { viewBox: narrow() ? `0 10 ${size} ${size - 20}` : `-110 20 ${size + 220} ${size - 40}` }, [[1, 2, 3, 4, 5].map(ring), spokes, areas].flat(2));
}
