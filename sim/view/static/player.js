/* The player: one clock, one or two worlds, a figure of each, curves below.

   player(root, show, on) draws into `root` and returns a promise of its handle.

   show: { tapes: [{title, tape}, …], words, curves: [{name, title, unit, share, watched}],
           base: tape or null, figure, month, speed }
   on:   { month(m), stopped(m), figure(name), debtor(row), ready(handle) }, each optional. */

const FIGURES = { road, flows, town, courts, ledger };
const ICONS = {
  play: "M8 5v14l11-7z",
  pause: "M6 5h4v14H6zm8 0h4v14h-4z",
  back: "M6 6h2v12H6zm3.5 6l8.5 6V6z",
  step: "M16 6h2v12h-2zM6 18l8.5-6L6 6z",
};
const SPEEDS = [2, 8, 24];
let players = 0;

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) if (value !== null) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function iconButton(path, name) {
  const button = element("button", { type: "button", class: "sv-button sv-icon", "aria-label": name, title: name });
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  svg.append(line);
  button.append(svg);
  return button;
}

/* The perceived risk in each month: the true one times the exponential of the gap. */
function perceived({ curves }, { name, perceived: gap }) {
  const known = (v) => v !== null && v !== undefined;
  return (curves[name] || []).map((risk, k) => known(risk) && known(curves[gap][k]) ? risk * Math.exp(curves[gap][k]) : null);
}

async function player(root, show, on = {}) {
  const { words } = show, number = ++players;
  const panes = [];
  for (const { title, tape } of show.tapes) panes.push({ title, replay: await Replay.of(tape) });
  const tapes = panes.map((pane) => pane.replay.tape);
  const view = {
    words,
    panes,
    titles: panes.map((pane) => pane.title),
    first: tapes[0].first,
    last: Math.max(...tapes.map((tape) => tape.last)),
    bands: tapes.flatMap((tape) => tape.bands || []),
    at: 0,
  };
  view.at = Math.max(view.first, Math.min(view.last, show.month ?? view.first));
  let figure = FIGURES[show.figure] ? show.figure : "road", playing = 0, speed = show.speed || 8, drawing = 0;

  // The scale of the road is that of the fullest month, so that nothing jumps while a run plays.
  view.most = [];
  for (const { replay } of panes) {
    for (let m = replay.tape.first; m <= replay.tape.last; m++) {
      replay.to(m);
      replay.counts().forEach((claims, i) => (view.most[i] = Math.max(view.most[i] || 0, claims)));
    }
  }

  // ---------------------------------------------------------------- the parts
  const back = iconButton(ICONS.back, words.back), play = iconButton(ICONS.play, words.play);
  const step = iconButton(ICONS.step, words.step), id = `sv-month-${number}`;
  const slider = element("input", { type: "range", id, min: view.first, max: view.last, step: 1, class: "sv-slider" });
  const month = element("output", { class: "sv-month", for: id });
  const faster = element("button", { type: "button", class: "sv-button", title: words.speed }, "");
  const choice = element("div", { class: "sv-choice", role: "group", "aria-label": words.figure });
  const legend = element("ul", { class: "sv-legend", "aria-label": words.legend }), note = element("p", { class: "sv-note" });
  const charts = element("div", { class: "sv-charts" }), live = element("div", { class: "sv-live", "aria-live": "polite" });
  const hint = element("div", { class: "sv-hint", hidden: "" });
  for (const pane of panes) {
    pane.canvas = element("canvas", { class: "sv-figure", tabindex: 0, role: "img" });
    const head = panes.length > 1 ? `sv-title sv-${pane === panes[0] ? "a" : "b"}` : "sv-title";
    pane.box = element("section", { class: "sv-pane", "aria-label": pane.title }, element("h2", { class: head }, pane.title), pane.canvas);
    pane.canvas.addEventListener("click", (event) => choose(pane, event));
    pane.canvas.addEventListener("pointermove", (event) => describe(pane, event));
    pane.canvas.addEventListener("pointerleave", () => (hint.hidden = true));
    pane.canvas.addEventListener("keydown", (event) => walk(pane, event));
  }
  for (const name of show.figures || Object.keys(FIGURES)) {
    const button = element("button", { type: "button", class: "sv-button", "data-figure": name }, words[name]);
    button.onclick = () => { figure = name; if (on.figure) on.figure(name); draw(); };
    choice.append(button);
  }
  const keys = MARKS.map((mark, code) => {
    const canvas = element("canvas", { class: "sv-key", "aria-hidden": "true" }), count = element("b");
    canvas.style.width = "16px";
    stamp(sheet(canvas, 16, 16), code, [8, 8], 4.6);
    const item = element("li", {}, canvas, `${words.conduct[code]} `, count);
    legend.append(item);
    return { item, count };
  });
  const curves = show.curves.map((one) => {
    const canvas = element("canvas", { class: "sv-curve", role: "img" });
    const values = element("span", { class: "sv-values" });
    const head = element("figcaption", {}, element("b", {}, one.title), element("span", { class: "sv-unit" }, one.unit), values);
    charts.append(element("figure", { class: one.watched ? "sv-chart sv-watched" : "sv-chart" }, head, canvas));
    canvas.addEventListener("click", (event) => {
      const share = (event.offsetX - 40) / (canvas.clientWidth - 54);
      stop();
      go(Math.round(view.first + share * (view.last - view.first)));
    });
    const rows = tapes.map((tape) => tape.curves[one.name] || []);
    const seen = one.perceived ? tapes.map((tape) => perceived(tape, one)) : null;
    return { ...one, canvas, values, rows, seen, base: show.base ? show.base.curves[one.name] : null };
  });
  root.classList.add("sv");
  root.replaceChildren(
    element("div", { class: "sv-bar", role: "group", "aria-label": words.time }, back, play, step,
      element("label", { for: id }, words.month), slider, month, faster, choice),
    element("div", { class: panes.length > 1 ? "sv-panes sv-two" : "sv-panes" }, ...panes.map((pane) => pane.box)),
    note, legend, charts, hint, live,
  );

  // ---------------------------------------------------------------- drawing
  function draw() {
    if (!root.clientWidth) return;
    const counts = panes.map((pane) => { pane.replay.to(Math.min(view.at, pane.replay.tape.last)); return pane.replay.counts(); });
    counts.forEach((n) => n.forEach((claims, i) => (view.most[i] = Math.max(view.most[i] || 0, claims))));
    view.tallest = Math.max(...view.most);
    view.claimsPerMark = claimsPerMark(view.most, panes[0].canvas.clientWidth);
    for (const pane of panes) {
      FIGURES[figure].draw(pane, view);
      pane.canvas.setAttribute("aria-label", `${pane.title}, ${words.month} ${view.at}. ${FIGURES[figure].label(pane, view)}`);
    }
    drawLegend();
    for (const curve of curves) {
      drawCurve(curve.canvas, curve, view);
      curve.canvas.setAttribute("aria-label", curveLabel(curve, view));
      curve.values.replaceChildren(...curve.rows.map((row, k) =>
        element("span", { class: curve.rows.length > 1 ? `sv-${"ab"[k]}-number` : "" }, shown(row[view.at - view.first], curve.share))));
    }
    note.textContent = FIGURES[figure].note ? FIGURES[figure].note(view) : "";
    slider.value = view.at;
    month.textContent = view.at;
    slider.setAttribute("aria-valuetext", `${words.month} ${view.at}`);
    faster.textContent = `${speed}×`;
    for (const button of choice.children) button.setAttribute("aria-pressed", button.dataset.figure === figure);
  }

  /* Counts of the road's marks or of debtors, A | B; kinds that occur nowhere are pale. */
  function drawLegend() {
    legend.hidden = figure !== "road" && figure !== "town";
    if (legend.hidden) return;
    const counts = panes.map(({ replay }) => {
      if (figure === "town") return replay.conducts();
      const n = new Array(MARKS.length).fill(0);
      replay.place.forEach((code, claim) => { if (code !== GONE) n[replay.mark(claim)]++; });
      return n;
    });
    keys.forEach(({ item, count }, code) => {
      count.textContent = counts.map((n) => n[code].toLocaleString("en")).join(" | ");
      item.classList.toggle("sv-none", counts.every((n) => !n[code]));
    });
  }

  function soon() {
    cancelAnimationFrame(drawing);
    drawing = requestAnimationFrame(draw);
  }

  // ---------------------------------------------------------------- the clock
  function go(m) {
    view.at = Math.max(view.first, Math.min(view.last, m));
    draw();
    if (on.month) on.month(view.at);
  }

  function say() {
    live.textContent = panes.map((pane) => pane.canvas.getAttribute("aria-label")).join(" ");
  }

  function icon(name) {
    play.querySelector("path").setAttribute("d", ICONS[name]);
    play.setAttribute("aria-label", words[name]);
    play.title = words[name];
  }

  function stop() {
    if (!playing) return;
    cancelAnimationFrame(playing);
    playing = 0;
    icon("play");
    say();
    if (on.stopped) on.stopped(view.at);
  }

  function start() {
    if (view.at >= view.last) go(view.first);
    icon("pause");
    // who asked for less motion sees one picture a second, half a year apart
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    let then = 0;
    const tick = (now) => {
      if (!playing) return;
      if (now - then >= 1000 / (calm ? 1 : speed)) {
        then = now;
        go(view.at + (calm ? 6 : 1));
        if (view.at >= view.last) return stop();
      }
      playing = requestAnimationFrame(tick);
    };
    playing = requestAnimationFrame(tick);
  }

  play.onclick = () => (playing ? stop() : start());
  back.onclick = () => { stop(); go(view.first); say(); };
  step.onclick = () => { stop(); go(view.at + 1); say(); };
  faster.onclick = () => { speed = SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length]; draw(); };
  slider.oninput = () => { const m = +slider.value; stop(); go(m); };
  slider.onchange = () => { say(); if (on.stopped) on.stopped(view.at); };

  // ---------------------------------------------------------------- choosing a mark
  function nearest(pane, x, y) {
    if (FIGURES[figure].under) return FIGURES[figure].under(pane, x, y);
    let found = null, least = 81;
    for (const hit of pane.hits || []) {
      const d = (hit[0] - x) ** 2 + (hit[1] - y) ** 2;
      if (d < least) { least = d; found = hit; }
    }
    return found;
  }

  function rowOf(pane, hit) {
    return hit[3] ?? pane.replay.owner[hit[2]];
  }

  /* A flow has a text of its own and is nobody's; every other mark is a debtor's. */
  function isDebtors(hit) {
    return Boolean(hit && !hit.text && on.debtor);
  }

  function textOf(pane, hit) {
    if (hit.text) return hit.text;
    const row = rowOf(pane, hit);
    return `${words.debtor} ${row}: ${words.conduct[pane.replay.conduct[row]]}`;
  }

  function choose(pane, event) {
    const hit = nearest(pane, event.offsetX, event.offsetY);
    if (isDebtors(hit)) on.debtor(rowOf(pane, hit));
  }

  function describe(pane, event) {
    const hit = nearest(pane, event.offsetX, event.offsetY);
    hint.hidden = !hit;
    pane.canvas.style.cursor = isDebtors(hit) ? "pointer" : "default";
    if (!hit) return;
    hint.textContent = textOf(pane, hit) + (isDebtors(hit) ? ` – ${words.click}` : "");
    const box = root.getBoundingClientRect();
    hint.style.left = `${Math.min(event.clientX - box.left + 12, box.width - 240)}px`;
    hint.style.top = `${event.clientY - box.top + 14}px`;
  }

  function ring(pane, [x, y]) {
    const g = pane.canvas.getContext("2d");
    g.strokeStyle = A_COLOUR;
    g.lineWidth = 2.5;
    g.strokeRect(x - 7, y - 7, 14, 14);
  }

  /* On a figure, the arrow keys walk through the marks and Enter chooses; space plays. */
  function walk(pane, event) {
    const last = (pane.hits || []).length - 1;
    if (event.key === " ") { event.preventDefault(); play.onclick(); return; }
    if (event.key === "Enter" && isDebtors(pane.hits[pane.walked])) { on.debtor(rowOf(pane, pane.hits[pane.walked])); return; }
    if ((event.key !== "ArrowRight" && event.key !== "ArrowLeft") || last < 0) return;
    event.preventDefault();
    pane.walked = Math.max(0, Math.min(last, (pane.walked ?? -1) + (event.key === "ArrowRight" ? 1 : -1)));
    draw();
    const hit = pane.hits[pane.walked];
    (FIGURES[figure].ring || ring)(pane, hit);
    live.textContent = textOf(pane, hit);
  }

  const watcher = new ResizeObserver(soon);
  watcher.observe(root);
  draw();
  const handle = {
    go, start, stop,
    month: () => view.at,
    counts: (k = 0) => panes[k].replay.counts(),
    /* Months after the last one of the only world; shows the last if the one before was shown. */
    async more(more) {
      const follows = view.at === view.last;
      await panes[0].replay.append(more);
      for (const curve of curves) {
        curve.rows[0].push(...(more.curves[curve.name] || []));
        if (curve.seen) curve.seen[0].push(...perceived(more, curve));
      }
      view.last = more.last;
      slider.max = more.last;
      if (follows) go(more.last); else draw();
    },
    last: () => view.last,
    close() { stop(); watcher.disconnect(); root.replaceChildren(); },
  };
  if (on.ready) on.ready(handle);
  return handle;
}
