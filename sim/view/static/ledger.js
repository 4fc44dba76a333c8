/* The ledger of dishonesty as it was weighed on average: what it gains, and what it costs.

   Payers and evaders side by side, yuan over the last twelve months. Terms that are small for both
   stay out. */

const LEAST = 0.01;

/* What payers and evaders of a pane weighed in the month shown: the number of their choices, and the mean of
   each term in yuan. */
function weighed({ replay }, view) {
  const { payers, evaders } = replay.ledger, k = Math.min(view.at, replay.tape.last) - view.first;
  const [payersChose, ...paid] = payers[k] || [0], [evadersChose, ...evaded] = evaders[k] || [0];
  return { payers: paid, evaders: evaded, chose: [payersChose, evadersChose] };
}

/* Terms that are at least `LEAST` of the largest one, in any pane; the gain is the first of all. */
function ledgerRows(pane, view) {
  const all = view.panes.map((one) => weighed(one, view)), own = weighed(pane, view);
  const size = (i) => Math.max(...all.flatMap((one) => [one.payers[i] || 0, one.evaders[i] || 0]).map(Math.abs));
  const { terms } = pane.replay.tape.ledger, most = Math.max(...terms.map((_, i) => size(i)));
  const rows = terms.map((name, i) => ({
    i, name: view.words.terms[name] || name, gain: i === 0, payers: own.payers[i] || 0, evaders: own.evaders[i] || 0,
  }));
  return { most, rows: rows.filter((row) => size(row.i) > LEAST * most) };
}

/* A text on one line, or on two of nearly the same length if it is longer than `most`. */
function broken(g, text, { most, weight }) {
  g.font = `${weight} 12px ${FONT}`;
  const parts = text.split(" "), wide = (some) => g.measureText(some.join(" ")).width;
  if (parts.length === 1 || wide(parts) <= most) return [text];
  const longer = (k) => Math.max(wide(parts.slice(0, k)), wide(parts.slice(k)));
  const at = parts.map((_, k) => k).slice(1).reduce((best, k) => (longer(k) < longer(best) ? k : best));
  return [parts.slice(0, at).join(" "), parts.slice(at).join(" ")];
}

const ledger = {
  draw(pane, view) {
    const { most, rows } = ledgerRows(pane, view), w = pane.canvas.clientWidth, each = 34, left = Math.min(190, w * 0.4);
    view.mostYuan = Math.max(view.mostYuan || 0, most);
    const h = rows.length * each + 56, g = sheet(pane.canvas, w, h), scale = (w - left - 76) / (view.mostYuan || 1);
    rows.forEach((row, i) => {
      const y = i * each + 4;
      const style = { align: "right", most: left - 10, weight: row.gain ? 600 : 400 }, lines = broken(g, row.name, style);
      lines.forEach((line, k) => write(g, line, left - 8, y + 18 + 14 * k - 7 * (lines.length - 1), style));
      [["payers", A_COLOUR, 0], ["evaders", "#9b3606", 13]].forEach(([who, colour, down]) => {
        g.fillStyle = colour;
        g.globalAlpha = row.gain ? 1 : 0.62;
        g.fillRect(left, y + down, Math.max(1, Math.abs(row[who]) * scale), 11);
        g.globalAlpha = 1;
        write(g, shown(Math.round(row[who])), left + Math.abs(row[who]) * scale + 5, y + down + 10, { size: 11, colour: QUIET });
      });
      across(g, 0, w, y + each - 5);
    });
    let x = 0;
    const { chose } = weighed(pane, view);
    [["payers", A_COLOUR], ["evaders", "#9b3606"]].forEach(([who, colour], i) => {
      const name = view.words[who].replace("{n}", count(chose[i]));
      g.fillStyle = colour;
      g.fillRect(x, h - 40, 12, 12);
      write(g, name, x + 17, h - 30);
      x += g.measureText(name).width + 40;
    });
    write(g, view.words.ledger_note, 0, h - 8, { size: 11.5, colour: QUIET, most: w });
    pane.hits = [];
  },
  label(pane, view) {
    return ledgerRows(pane, view)
      .rows.map((row) => `${row.name}: ${view.words.payers.replace("{n}", "")} ${Math.round(row.payers)}, ${view.words.evaders.replace("{n}", "")} ${Math.round(row.evaders)}`)
      .join("; ");
  },
};
