/* The town: every debtor is a point in its district; neighbours stand side by side.

   Debtors without adjudged debt are small and grey. They are drawn once, on a canvas of their own. */

/* Places of debtors, x and y between 0 and 1: rows of a district back and forth, as neighbours sit. */
function placesInTown({ debtors, districts }) {
  const places = new Float32Array(2 * debtors), across = Math.ceil(Math.sqrt(districts));
  const down = Math.ceil(districts / across), seen = new Int32Array(districts);
  const side = Math.ceil(Math.sqrt(Math.ceil(debtors / districts)));
  for (let row = 0; row < debtors; row++) {
    const d = row % districts, nth = seen[d]++, line = Math.floor(nth / side);
    const column = line % 2 ? side - 1 - (nth % side) : nth % side;
    places[2 * row] = ((d % across) + 0.03 + (0.94 * (column + 0.5)) / side) / across;
    places[2 * row + 1] = (Math.floor(d / across) + 0.03 + (0.94 * (line + 0.5)) / side) / down;
  }
  return places;
}

function ground(pane, w, h, places) {
  const canvas = document.createElement("canvas");
  const g = sheet(canvas, w, h);
  g.fillStyle = GROUND;
  for (let i = 0; i < places.length; i += 2) g.fillRect(places[i] * w - 0.8, places[i + 1] * h - 0.8, 1.6, 1.6);
  pane.ground = { canvas, w };
}

const town = {
  draw(pane, view) {
    const { canvas, replay } = pane, w = canvas.clientWidth, h = Math.round(w * 0.72), g = sheet(canvas, w, h);
    pane.places = pane.places || placesInTown(replay.tape);
    if (!pane.ground || pane.ground.w !== w) ground(pane, w, h, pane.places);
    g.drawImage(pane.ground.canvas, 0, 0, w, h);
    const of = MARKS.map(() => []);
    pane.hits = [];
    replay.conduct.forEach((code, row) => {
      if (!code) return;
      const x = pane.places[2 * row] * w, y = pane.places[2 * row + 1] * h;
      of[code].push(x, y);
      pane.hits.push([x, y, null, row]);
    });
    of.forEach((places, code) => code && stamp(g, code, places, 3.4));
  },
  label(pane, view) {
    const n = pane.replay.conducts();
    return view.words.conduct.map((name, i) => `${name} ${n[i]}`).join(", ");
  },
};
