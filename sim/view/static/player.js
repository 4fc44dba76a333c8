/* The player: one clock, one to four worlds, a figure of each, curves below.

   player(root, show, on) draws into `root` and returns a promise of its handle.

   show: { tapes: [{title, tape}, …], words, curves: [{name, title, unit, share, watched}],
           base: tape or null, figure, figures, month, speed }
   on:   { month(m), stopped(m), figure(name), debtor(row), ready(handle) }, each optional. */

const FIGURES = { road, flows, town, courts, ledger };
let players = 0;

/* What every part of the player looks at: the worlds, the month, the figure and the speed. */
async function viewOf(root, show) {
  const panes = await Promise.all(show.tapes.map(async ({ title, tape }) => ({ title, replay: await Replay.of(tape) })));
  const tapes = panes.map((pane) => pane.replay.tape);
  const first = tapes[0].first, last = Math.max(...tapes.map((tape) => tape.last));
  return {
    root, panes, first, last,
    words: show.words,
    number: ++players,
    titles: panes.map((pane) => pane.title),
    bands: tapes.flatMap((tape) => tape.bands || []),
    at: Math.max(first, Math.min(last, show.month ?? first)),
    figure: FIGURES[show.figure] ? show.figure : "road",
    speed: show.speed || 8,
    most: fullest(panes),
  };
}

/* Claims at each place of the road in its fullest month: the scale, so that nothing jumps while a run plays. */
function fullest(panes) {
  const most = [];
  for (const { replay } of panes) {
    for (let m = replay.tape.first; m <= replay.tape.last; m++) {
      replay.to(m);
      raise(most, replay.counts());
    }
  }
  return most;
}

function raise(most, counts) {
  counts.forEach((claims, i) => (most[i] = Math.max(most[i] || 0, claims)));
}

/* The figure of each world in the month shown; all have one scale. */
function drawPanes(view) {
  const { panes, words } = view, figure = FIGURES[view.figure];
  for (const { replay } of panes) {
    replay.to(Math.min(view.at, replay.tape.last));
    raise(view.most, replay.counts());
  }
  view.tallest = Math.max(...view.most);
  view.claimsPerMark = claimsPerMark(view.most, panes[0].canvas.clientWidth);
  for (const pane of panes) {
    figure.draw(pane, view);
    pane.canvas.setAttribute("aria-label", `${pane.title}, ${words.month} ${view.at}. ${figure.label(pane, view)}`);
  }
}

async function player(root, show, on = {}) {
  const view = await viewOf(root, show), { panes, words } = view;
  const live = element("div", { class: "sv-live", "aria-live": "polite" }), note = element("p", { class: "sv-note" });
  const stopped = () => on.stopped?.(view.at);
  const say = () => (live.textContent = panes.map((pane) => pane.canvas.getAttribute("aria-label")).join(" "));
  const boxes = panes.map((pane, k) => paneBox(pane, k, panes.length > 1)), legend = legendOf(view);
  const clock = clockOf(view, {
    moved: (m) => { draw(); on.month?.(m); },
    turned: (playing) => { bar.turned(playing); if (!playing) { say(); stopped(); } },
  });
  const bar = barOf(view, clock, show.figures || Object.keys(FIGURES), { draw, say, stopped, chose: (name) => on.figure?.(name) });
  const charts = chartsOf(show, view, (m) => { clock.stop(); clock.go(m); });
  const hint = choosing(view, clock, { draw, live, debtor: on.debtor });
  root.classList.add("sv");
  root.replaceChildren(
    bar.box, element("div", { class: panes.length > 1 ? "sv-panes sv-several" : "sv-panes" }, ...boxes),
    note, legend.box, charts.box, hint, live,
  );

  function draw() {
    if (!root.clientWidth) return;
    drawPanes(view);
    legend.draw();
    charts.draw();
    note.textContent = FIGURES[view.figure].note?.(view) || "";
    bar.draw();
  }

  let drawing = 0;
  const watcher = new ResizeObserver(() => { cancelAnimationFrame(drawing); drawing = requestAnimationFrame(draw); });
  watcher.observe(root);
  draw();
  const handle = {
    go: clock.go, start: clock.start, stop: clock.stop,
    month: () => view.at,
    counts: (k = 0) => panes[k].replay.counts(),
    last: () => view.last,
    /* Months after the last one of the only world; shows the last if the one before was shown. */
    async more(more) {
      const follows = view.at === view.last;
      await panes[0].replay.append(more);
      charts.append(more);
      view.last = more.last;
      if (follows) clock.go(more.last); else draw();
    },
    close() { clock.stop(); watcher.disconnect(); root.replaceChildren(); },
  };
  on.ready?.(handle);
  return handle;
}
