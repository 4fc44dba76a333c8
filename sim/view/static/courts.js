/* Courts: the docket of each district by the time that cases have been in it. */

const AGES = [3, 6, 12, Infinity], SHADES = ["#9ecae9", "#5b9bd0", "#2463a8", "#0b2f63"];

/* Cases in each court's docket by age: [court][age class]. */
function dockets(replay) {
  const { districts } = replay.tape, found = Array.from({ length: districts }, () => [0, 0, 0, 0]);
  for (let i = 0; i < replay.place.length; i++) {
    if (replay.place[i] < QUEUED || replay.place[i] > SEIZED) continue;
    const age = replay.month - replay.since[i];
    found[replay.owner[i] % districts][AGES.findIndex((most) => age < most)]++;
  }
  return found;
}

const courts = {
  draw(pane, view) {
    const w = pane.canvas.clientWidth, found = dockets(pane.replay), each = 46, left = 86, right = 56;
    const h = found.length * each + 44, g = sheet(pane.canvas, w, h);
    view.longest = Math.max(view.longest || 1, ...found.map((ages) => ages.reduce((a, b) => a + b, 0)));
    found.forEach((ages, i) => {
      const y = i * each + 8;
      write(g, `${view.words.court} ${i}`, 0, y + 20, { most: left - 8 });
      let x = left;
      ages.forEach((n, k) => {
        const wide = (n / view.longest) * (w - left - right);
        g.fillStyle = SHADES[k];
        g.fillRect(x, y, wide, 30);
        x += wide;
      });
      write(g, ages.reduce((a, b) => a + b, 0), x + 6, y + 20, { weight: 600 });
    });
    let x = left;
    view.words.ages.forEach((name, k) => {
      g.fillStyle = SHADES[k];
      g.fillRect(x, h - 26, 12, 12);
      write(g, name, x + 17, h - 16, { size: 12 });
      x += 24 + g.measureText(name).width + 14;
    });
    pane.hits = [];
  },
  label(pane, view) {
    return dockets(pane.replay)
      .map((ages, i) => `${view.words.court} ${i}: ` + ages.map((n, k) => `${view.words.ages[k]} ${n}`).join(", "))
      .join("; ");
  },
};
