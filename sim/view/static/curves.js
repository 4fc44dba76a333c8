/* Curves: an indicator over the last twelve months, each world with a stroke of its own, the baseline dotted behind. */

/* Of worlds A to D; player.css has the same strokes for their titles. */
const STYLES = [
  { colour: A_COLOUR, dash: [] },
  { colour: B_COLOUR, dash: [7, 3] },
  { colour: C_COLOUR, dash: [12, 3, 3, 3] },
  { colour: D_COLOUR, dash: [3, 5] },
];

const LEFT = 40, RIGHT = 14;

/* The next round number above a positive one. */
function round(value) {
  const ten = 10 ** Math.floor(Math.log10(value));
  return ten * [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((k) => k * ten >= value * 0.999);
}

/* The ends of the axis: 0 is on it, shares end at a round share.

   A watched share is seen from close by: its axis begins and ends at the nearest twentieths. */
function range(values, share, watched) {
  const there = values.filter((v) => v !== null && isFinite(v));
  if (!there.length) return null;
  if (share && watched) {
    const low = Math.floor(20 * Math.min(...there)) / 20, high = Math.ceil(20 * Math.max(...there)) / 20;
    return [low, high > low ? high : low + 0.05];
  }
  const high = Math.max(0, ...there), low = Math.min(0, ...there);
  if (share) return [0, [0.05, 0.1, 0.25, 0.5, 1].find((top) => high <= top) || 1];
  if (high === low) return [0, 1];
  return [low < 0 ? -round(-low) : 0, high > 0 ? round(high) : 0];
}

function drawCurve(canvas, curve, view) {
  const w = canvas.clientWidth;
  if (!w) return;
  const h = curve.watched ? 150 : 112, g = sheet(canvas, w, h), left = LEFT, right = RIGHT, top = 8, bottom = 18;
  const { first, last, at } = view, base = curve.base || [];
  const seen = curve.seen || [];
  const found = range([].concat(...curve.rows, ...seen, base), curve.share, curve.watched);
  if (!found) return write(g, view.words.nothing, left, h / 2, { colour: QUIET });
  const [low, high] = found;
  const x = (m) => left + ((w - left - right) * (m - first)) / (last - first || 1);
  const y = (v) => top + (h - top - bottom) * (1 - (v - low) / (high - low));
  for (const [from, until] of view.bands) {  // months in which a policy was in force that ended
    g.fillStyle = "#eef1f4";
    g.fillRect(x(from - 1), top, x(until) - x(from - 1), h - top - bottom);
  }
  for (const v of [low, (low + high) / 2, high]) {
    across(g, left, w - right, y(v));
    write(g, shown(v, curve.share), left - 5, y(v) + 4, { size: 11, colour: QUIET, align: "right" });
  }
  const every = [6, 12, 24, 60, 120].find((k) => ((last - first) / k) * 28 < w - left) || 120;
  for (let m = Math.ceil(first / every) * every; m <= last; m += every)
    write(g, m, x(m), h - 4, { size: 11, colour: QUIET, align: "center" });
  const line = (values, { colour, dash, width }, until) => {
    g.beginPath();
    let down = false;
    values.forEach((v, k) => {
      if (first + k > until || v === null) return void (down = false);
      if (down) g.lineTo(x(first + k), y(v));
      else g.moveTo(x(first + k), y(v));
      down = true;
    });
    g.strokeStyle = colour;
    g.lineWidth = width;
    g.setLineDash(dash);
    g.stroke();
    g.setLineDash([]);
  };
  // the gap between the true and the perceived risk is shaded, for each world in its colour
  seen.forEach((values, k) => {
    const until = Math.min(at - first, values.length - 1);
    g.fillStyle = STYLES[k].colour;
    g.globalAlpha = 0.1;
    g.beginPath();
    for (let i = 0; i <= until; i++) if (values[i] !== null) g.lineTo(x(first + i), y(values[i]));
    for (let i = until; i >= 0; i--) if (curve.rows[k][i] !== null) g.lineTo(x(first + i), y(curve.rows[k][i]));
    g.fill();
    g.globalAlpha = 1;
    line(values, { ...STYLES[k], width: 1 }, at);
  });
  if (base.length) line(base, { colour: BASE_COLOUR, dash: [2, 3], width: 1.6 }, last);
  curve.rows.forEach((values, k) => line(values, { ...STYLES[k], width: curve.watched ? 3.2 : 2.2 }, at));
  g.strokeStyle = RULE;
  g.lineWidth = 1;
  g.beginPath();
  g.moveTo(x(at), top);
  g.lineTo(x(at), h - bottom);
  g.stroke();
}

/* The perceived risk in each month: the true one times the exponential of the gap. */
function perceived({ curves }, { name, perceived: gap }) {
  return (curves[name] || []).map((risk, k) => known(risk) && known(curves[gap][k]) ? risk * Math.exp(curves[gap][k]) : null);
}

/* What a curve says in the month shown, for those who do not see it. */
function curveLabel(curve, view) {
  const k = view.at - view.first;
  const values = curve.rows.map((row, i) => `${view.titles[i]} ${shown(row[k], curve.share)}`
    + (curve.seen ? `, ${view.words.perceived} ${shown(curve.seen[i][k], curve.share)}` : ""));
  if (curve.base) values.push(`${view.words.baseline} ${shown(curve.base[k], curve.share)}`);
  return `${curve.title} (${curve.unit}), ${view.words.month} ${view.at}: ${values.join("; ")}`;
}

/* The curves below the figures: a picture for each indicator, a line in it for each world. */
function chartsOf(show, view, onMonth) {
  const box = element("div", { class: "sv-charts" });
  const each = show.curves.map((one) => chartOf(one, show.base, view, onMonth));
  box.append(...each.map((curve) => curve.figure));
  return {
    box,
    draw: () => each.forEach((curve) => drawChart(curve, view)),
    /* Adds the months that a tape has more, to the curves of the only world. */
    append(more) {
      for (const curve of each) {
        curve.rows[0].push(...(more.curves[curve.name] || []));
        if (curve.seen) curve.seen[0].push(...perceived(more, curve));
      }
    },
  };
}

function chartOf(one, base, view, onMonth) {
  const canvas = element("canvas", { class: "sv-curve", role: "img" }), values = element("span", { class: "sv-values" });
  const head = element("figcaption", {}, element("b", {}, one.title), element("span", { class: "sv-unit" }, one.unit), values);
  const figure = element("figure", { class: one.watched ? "sv-chart sv-watched" : "sv-chart" }, head, canvas);
  canvas.addEventListener("click", (event) => {
    const share = (event.offsetX - LEFT) / (canvas.clientWidth - LEFT - RIGHT);
    onMonth(Math.round(view.first + share * (view.last - view.first)));
  });
  const tapes = view.panes.map((pane) => pane.replay.tape);
  const rows = tapes.map((tape) => tape.curves[one.name] || []);
  const seen = one.perceived ? tapes.map((tape) => perceived(tape, one)) : null;
  return { ...one, figure, canvas, values, rows, seen, base: base ? base.curves[one.name] : null };
}

function drawChart(curve, view) {
  drawCurve(curve.canvas, curve, view);
  curve.canvas.setAttribute("aria-label", curveLabel(curve, view));
  curve.values.replaceChildren(...curve.rows.map((row, k) =>
    element("span", { class: curve.rows.length > 1 ? `sv-${SIDES[k]}-number` : "" }, shown(row[view.at - view.first], curve.share))));
}
