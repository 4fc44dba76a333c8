/* The road of a claim: every open claim is a mark at its place, in the colour of its debtor's conduct.

   Wide screens have a column for each place, narrow ones a row. Where there are too many claims, a
   mark stands for several, and the figure says so. */

const PITCH = 8, NARROW = 560, TALLEST = 330, MOST_IN_ROWS = 600, LEAST_PER_ROW = 3, STANDS_FOR = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

/* Marks side by side in a column that is `wide` pixels wide. */
function perRow(wide) {
  return Math.max(LEAST_PER_ROW, Math.floor((wide - 8) / PITCH));
}

/* How many claims one mark stands for (1, 2, 5, …), so that the figure stays in sight.

   counts: claims at each place; w: width of the figure in pixels. */
function claimsPerMark(counts, w) {
  const fits = (k) => w < NARROW
    ? counts.reduce((sum, n) => sum + n, 0) / k <= MOST_IN_ROWS
    : (Math.max(...counts) / k / perRow((w - 14) / counts.length)) * PITCH <= TALLEST;
  return STANDS_FOR.find(fits) || STANDS_FOR.at(-1);
}

/* The name of a place on one line; "insol-|vent" is one word, and Chinese has no spaces. */
function onOneLine(name) {
  return name.replace("-|", "").replace(/([\u4e00-\u9fff])\|/, "$1").replace("|", " ");
}

/* The marks of one place: for each conduct in turn, every k-th claim. */
function marksAt(replay, claims, k) {
  const shown = [];
  for (let i = 0; i < claims.length; i += k) shown.push({ claim: claims[i], code: replay.mark(claims[i]) });
  return shown;
}

function stampAll(g, marks, where, size) {
  let i = 0;
  while (i < marks.length) {
    const code = marks[i].code, places = [];
    for (; i < marks.length && marks[i].code === code; i++) places.push(...where(i));
    stamp(g, code, places, size);
  }
}

const road = {
  /* Draws; keeps the place of each mark in `pane.hits`, to find the one under the pointer. */
  draw(pane, view) {
    const { canvas, replay } = pane, w = canvas.clientWidth, at = replay.road();
    const k = view.claimsPerMark;
    pane.hits = [];
    const marks = at.map((claims) => marksAt(replay, claims, k));
    if (w < NARROW) roadInRows(pane, view, w, at, marks);
    else roadInColumns(pane, view, w, at, marks);
  },
  label(pane, view) {
    const n = pane.replay.counts();
    return view.words.places.map((name, i) => `${onOneLine(name)} ${n[i]}`).join(", ");
  },
  note(view) {
    return view.claimsPerMark > 1 ? view.words.per_mark.replace("{n}", view.claimsPerMark) : "";
  },
};

function roadInColumns(pane, view, w, at, marks) {
  const gap = 14, columns = marks.length, wide = (w - gap) / columns, per = perRow(wide);
  const tall = Math.ceil(view.tallest / view.claimsPerMark / per) * PITCH;
  const h = Math.max(170, tall + 66), base = h - 48, g = sheet(pane.canvas, w, h);
  marks.forEach((shown, i) => {
    const left = i * wide + (i >= PERFORMED ? gap : 0), x0 = left + (wide - per * PITCH) / 2 + PITCH / 2;
    const where = (j) => [x0 + (j % per) * PITCH, base - PITCH / 2 - 2 - Math.floor(j / per) * PITCH];
    stampAll(g, shown, where, 3.2);
    shown.forEach((mark, j) => pane.hits.push([...where(j), mark.claim]));
    across(g, left + 3, left + wide - 3, base, RULE);
    const middle = left + wide / 2;
    write(g, at[i].length, middle, base + 16, { size: 13, weight: 600, align: "center" });
    const [above, below] = view.words.places[i].split("|");  // two lines
    const small = { size: 11.5, align: "center", most: wide + 4, colour: i >= PERFORMED ? QUIET : INK };
    write(g, above, middle, base + 31, small);
    if (below) write(g, below, middle, base + 44, small);
  });
  g.setLineDash([2, 3]);
  g.strokeStyle = RULE;
  g.beginPath();
  g.moveTo(PERFORMED * wide + gap / 2, 4);
  g.lineTo(PERFORMED * wide + gap / 2, base);
  g.stroke();
  g.setLineDash([]);
}

function roadInRows(pane, view, w, at, marks) {
  const left = 152, per = Math.max(6, Math.floor((w - left - 6) / PITCH));
  const high = marks.map((shown) => Math.max(24, Math.ceil(shown.length / per) * PITCH + 12));
  const h = high.reduce((sum, x) => sum + x, 0) + 4, g = sheet(pane.canvas, w, h);
  let top = 2;
  marks.forEach((shown, i) => {
    const where = (j) => [left + 4 + (j % per) * PITCH, top + 12 + Math.floor(j / per) * PITCH];
    const name = onOneLine(view.words.places[i]);
    write(g, name, 0, top + 16, { most: left - 44, colour: i >= PERFORMED ? QUIET : INK });
    write(g, at[i].length, left - 8, top + 16, { weight: 600, align: "right" });
    stampAll(g, shown, where, 3);
    shown.forEach((mark, j) => pane.hits.push([...where(j), mark.claim]));
    top += high[i];
    across(g, 0, w, top - 1);
  });
}
