/* Curves: an indicator over the last twelve months, A solid, B dashed, the baseline dotted behind. */

const STYLES = [
  { colour: A_COLOUR, dash: [], width: 2.2 },
  { colour: B_COLOUR, dash: [7, 3], width: 2.2 },
];

/* A number as its axis and its label show it; shares in per cent. */
function shown(value, share) {
  if (value === null || value === undefined) return "–";
  if (share) return String(Math.round(1000 * value) / 10);
  const size = Math.abs(value);
  if (size >= 1000) return Math.round(value).toLocaleString("en");
  return String(+value.toPrecision(size < 1 ? 2 : 3));
}

/* The next round number above a positive one. */
function round(value) {
  const ten = 10 ** Math.floor(Math.log10(value));
  return ten * [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((k) => k * ten >= value * 0.999);
}

/* The ends of the axis: 0 is on it, shares end at a round share.

   A watched share is seen from close by: its axis begins and ends at the nearest twentieths. */
function range(values, share, watched) {
  const known = values.filter((v) => v !== null && isFinite(v));
  if (!known.length) return null;
  if (share && watched) {
    const low = Math.floor(20 * Math.min(...known)) / 20, high = Math.ceil(20 * Math.max(...known)) / 20;
    return [low, high > low ? high : low + 0.05];
  }
  const high = Math.max(0, ...known), low = Math.min(0, ...known);
  if (share) return [0, [0.05, 0.1, 0.25, 0.5, 1].find((top) => high <= top) || 1];
  if (high === low) return [0, 1];
  return [low < 0 ? -round(-low) : 0, high > 0 ? round(high) : 0];
}

function drawCurve(canvas, curve, view) {
  const w = canvas.clientWidth;
  if (!w) return;
  const h = curve.watched ? 150 : 112, g = sheet(canvas, w, h), left = 40, right = 14, top = 8, bottom = 18;
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

/* What a curve says in the month shown, for those who do not see it. */
function curveLabel(curve, view) {
  const k = view.at - view.first;
  const values = curve.rows.map((row, i) => `${view.titles[i]} ${shown(row[k], curve.share)}`
    + (curve.seen ? `, ${view.words.perceived} ${shown(curve.seen[i][k], curve.share)}` : ""));
  if (curve.base) values.push(`${view.words.baseline} ${shown(curve.base[k], curve.share)}`);
  return `${curve.title} (${curve.unit}), ${view.words.month} ${view.at}: ${values.join("; ")}`;
}
