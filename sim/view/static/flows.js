/* Flows of a year: claims that moved from one stage to another in the months up to the month shown.

   A claim counts in every month at whose end it stands elsewhere than at the end of the month before.
   Time runs to the right on wide screens and down on narrow ones; what leads back runs as a loop on
   the far side. All panes and months have one scale, which is that of the fullest year. */

const YEAR = 12, INSOLVENCY_CLOSED = 13, DISMISSED = 14, FRESH = GONE, SEATS = 16, LARGEST = 6;
const STEPS = [[FRESH], [0], [1, 2], [3], [4], [5], [6], [7, 8], [9, 10], [PERFORMED, ENDED, INSOLVENCY_CLOSED, DISMISSED]];
const STEP_OF = Array.from({ length: SEATS }, (_, place) => STEPS.findIndex((places) => places.includes(place)));
const ONWARD = "#818990", BACK = "#b78804";
const OUTCOMES = { [PERFORMED]: "#0439de", [ENDED]: "#9b3606", [INSOLVENCY_CLOSED]: "#106140", [DISMISSED]: "#6b1255" };

/* How the figure lies: room across the flows, room for a label before and beside a stage, pixels. */
const LYING = { room: 540, before: 42, least: 2, apart: 8 };
const UPRIGHT = { before: 0, least: 60, apart: 4, pitch: 80 };
const UPRIGHT_BELOW = 480, SIDE = 20, FAR = 1e6, BAR = 8, THINNEST = 2, LANE = 2, MARGIN = 34;

const leadsBack = ({ from, to }) => STEP_OF[to] <= STEP_OF[from];
const colourOf = (flow) => OUTCOMES[flow.to] || (leadsBack(flow) ? BACK : ONWARD);

/* For each month, the number of claims that moved, at from * SEATS + to; grows with the tape. */
function moves(replay) {
  const kept = (replay.moves = replay.moves || { place: [], months: [] });
  for (let k = kept.months.length; k < replay.claims.length; k++) {
    const { rows, codes } = replay.claims[k], n = new Uint32Array(SEATS * SEATS);
    rows.forEach((row, i) => {
      const was = kept.place[row] ?? FRESH;
      if (k && was !== codes[i]) n[was * SEATS + codes[i]]++;  // the first month only says where claims are
      kept.place[row] = codes[i];
    });
    kept.months.push(n);
  }
  return kept.months;
}

/* The months that count in the month shown: those of a year, or as many as there are. */
function span(replay, month) {
  const until = Math.min(month, replay.tape.last);
  return [Math.max(replay.tape.first + 1, until - YEAR + 1), until];
}

/* Flows of the year up to a month: from, to, number of claims; the largest first. */
function flowsOf(replay, month) {
  const [since, until] = span(replay, month), sums = new Uint32Array(SEATS * SEATS);
  for (let m = since; m <= until; m++) moves(replay)[m - replay.tape.first].forEach((n, i) => (sums[i] += n));
  return [...sums]
    .map((n, i) => ({ from: Math.floor(i / SEATS), to: i % SEATS, n }))
    .filter(({ n }) => n)
    .sort((a, b) => b.n - a.n);
}

/* Claims that came to a stage and that left it. */
function traffic(flows, place) {
  const sum = (end) => flows.reduce((all, flow) => all + (flow[end] === place ? flow.n : 0), 0);
  return { came: sum("to"), left: sum("from") };
}

/* What stands in one step, from the near side: what passes on its way to be paid, the stages, and
   what passes on its way elsewhere, bundled by where it goes. */
function standing(flows, step) {
  const passing = flows.filter(({ from, to }) => STEP_OF[from] < step && step < STEP_OF[to]);
  const inOrder = (some) => some.sort((a, b) => a.to - b.to || STEP_OF[a.from] - STEP_OF[b.from]);
  const seats = STEPS[step].map((place) => {
    const { came, left } = traffic(flows, place);
    return { key: place, stage: true, n: Math.max(came, left) };
  });
  const seat = (flow, i, all) => ({ key: flow, n: flow.n, last: all[i + 1]?.to !== flow.to });
  const paid = passing.filter(({ to }) => to === PERFORMED), others = passing.filter(({ to }) => to !== PERFORMED);
  return [...inOrder(paid).map(seat), ...seats, ...inOrder(others).map(seat)];
}

/* Where each stage and each passing flow begins across the step (a Map), and where the step ends. */
function seated(seats, scale, { before, least, apart }) {
  const at = new Map();
  let y = seats[0].stage ? 0 : before;
  for (const { key, stage, n, last } of seats) {
    if (stage) y += before;
    at.set(key, y);
    y += n * scale;
    if (stage) y += Math.max(0, least - n * scale) + apart;
    else if (last) y += THINNEST;
  }
  return { at, end: y };
}

/* What all loops need on the far side. */
function loopsWide(flows, scale) {
  return flows.filter(leadsBack).reduce((sum, { n }) => sum + Math.max(THINNEST, n * scale) + LANE, MARGIN);
}

/* Pixels per claim with which the flows of a year have room, `most` if they have it with that. */
function perClaim(flows, room, lying, most) {
  const steps = STEPS.map((_, step) => standing(flows, step));
  const needs = (scale) => Math.max(...steps.map((seats) => seated(seats, scale, lying).end)) + loopsWide(flows, scale);
  if (needs(most) <= room) return most;
  let [low, high] = [0, most];
  for (let i = 0; i < 24; i++) {
    const middle = (low + high) / 2;
    if (needs(middle) <= room) low = middle; else high = middle;
  }
  return low;
}

/* The scale of the fullest year of all panes; looks at each year once, unless the room changes. */
function scaleOf(view, room, lying) {
  if (view.flowScale?.room !== room) view.flowScale = { room, scale: 1, seen: view.panes.map(() => 0) };
  const kept = view.flowScale;
  view.panes.forEach(({ replay }, i) => {
    for (; kept.seen[i] < replay.claims.length; kept.seen[i]++)
      kept.scale = perClaim(flowsOf(replay, replay.tape.first + kept.seen[i]), room, lying, kept.scale);
  });
  return kept.scale;
}

/* Where flows touch the two sides of each stage: sets `out` and `into` of each flow, at its middle. */
function dock(flows, steps, scale) {
  const side = (place, mine, end, neighbour, name) => {
    let y = steps[STEP_OF[place]].at.get(place);
    const next = steps[STEP_OF[place] + neighbour]?.at;
    const there = (flow) => leadsBack(flow) ? FAR : next.get(flow) ?? next.get(flow[end]);
    for (const flow of flows.filter((one) => one[mine] === place).sort((a, b) => there(a) - there(b) || a.n - b.n)) {
      flow[name] = y + (flow.n * scale) / 2;
      y += flow.n * scale;
    }
  };
  for (const place of STEPS.flat()) {
    side(place, "from", "to", 1, "out");
    side(place, "to", "from", -1, "into");
  }
}

/* The band of a flow that leads on, through the seats it passes, as an area. */
function band(flow, { steps, scale, along, point }) {
  const path = new Path2D(), half = flow.wide / 2, first = STEP_OF[flow.from], last = STEP_OF[flow.to];
  const stops = [[along(first) + BAR, flow.out]];  // where it is level: [along, across]
  for (let step = first + 1; step < last; step++) {
    const middle = steps[step].at.get(flow) + (flow.n * scale) / 2;
    stops.push([along(step), middle], [along(step) + BAR, middle]);
  }
  stops.push([along(last), flow.into]);
  const edge = (ends, side) => ends.slice(1).forEach(([a, b], i) => {
    const [a0, b0] = ends[i], middle = (a0 + a) / 2;
    path.bezierCurveTo(...point(middle, b0 + side), ...point(middle, b + side), ...point(a, b + side));
  });
  path.moveTo(...point(stops[0][0], stops[0][1] - half));
  edge(stops, -half);
  path.lineTo(...point(stops.at(-1)[0], stops.at(-1)[1] + half));
  edge(stops.reverse(), half);
  path.closePath();
  return path;
}

/* The middle line of a flow that leads back, along its lane. */
function loop(flow, { along, pitch, point }, lane) {
  const path = new Path2D(), bend = 0.45 * pitch, from = along(STEP_OF[flow.from]) + BAR, to = along(STEP_OF[flow.to]);
  path.moveTo(...point(from, flow.out));
  path.bezierCurveTo(...point(from + bend, flow.out), ...point(from + bend, lane), ...point(from, lane));
  path.lineTo(...point(to, lane));
  path.bezierCurveTo(...point(to - bend, lane), ...point(to - bend, flow.into), ...point(to, flow.into));
  return path;
}

/* Draws a flow with a margin that keeps it apart from those beneath. */
function drawFlow(g, flow, colour, margin) {
  const { path, wide } = flow;
  g.lineWidth = leadsBack(flow) ? wide + 2 * margin : 2 * margin;
  g.strokeStyle = "#fff";
  g.stroke(path);
  g.strokeStyle = g.fillStyle = colour;
  g.lineWidth = wide;
  if (leadsBack(flow)) g.stroke(path); else g.fill(path);
}

/* A text that can be read on top of flows. */
function writeAbove(g, text, x, y, style) {
  write(g, text, x, y, style);
  g.strokeStyle = "#fff";
  g.lineWidth = 3.5;
  g.lineJoin = "round";
  g.strokeText(text, x, y);
  write(g, text, x, y, style);
}

/* The name of a stage as the road has it, with a bar where its line breaks. */
function stageName(words, place) {
  return place === FRESH ? words.fresh : place >= PERFORMED ? words.outcomes[place - PERFORMED] : words.places[place];
}

function sentence(words, { from, to, n }) {
  const name = (place) => onOneLine(stageName(words, place));
  return (n === 1 ? words.flow_one : words.flow).replace("{n}", count(n)).replace("{from}", name(from)).replace("{to}", name(to));
}

/* The figure of a pane: whether it is upright, its size, where things are. */
function plan(pane, view) {
  const w = pane.canvas.clientWidth, upright = w < UPRIGHT_BELOW, lying = upright ? UPRIGHT : LYING;
  const room = upright ? w : LYING.room, pitch = upright ? UPRIGHT.pitch : (w - BAR - 2 * SIDE) / (STEPS.length - 1);
  const scale = scaleOf(view, room, lying), flows = flowsOf(pane.replay, view.at);
  const steps = STEPS.map((_, step) => seated(standing(flows, step), scale, lying));
  dock(flows, steps, scale);
  const start = upright ? 44 : SIDE, along = (step) => start + step * pitch;
  const point = upright ? (a, b) => [b, a] : (a, b) => [a, b];
  const h = upright ? along(STEPS.length - 1) + BAR + 12 : room;
  return { w, h, upright, scale, flows, steps, along, pitch, point };
}

/* Adds to each flow its path and width; short loops lie inside long ones. */
function trace(figure) {
  const { flows, steps, scale } = figure, length = ({ from, to }) => STEP_OF[from] - STEP_OF[to];
  let lane = Math.max(...steps.map(({ end }) => end)) + MARGIN / 3;
  for (const flow of [...flows].sort((a, b) => length(a) - length(b))) {
    flow.wide = Math.max(THINNEST, flow.n * scale);
    if (leadsBack(flow)) {
      flow.path = loop(flow, figure, lane + flow.wide / 2);
      lane += flow.wide + LANE;
    } else flow.path = band(flow, figure);
  }
}

/* The bar of a stage with its name, and the number of claims that came there. */
function drawStage(g, place, view, { upright, scale, flows, steps, along, point }) {
  const { came, left } = traffic(flows, place), step = STEP_OF[place], across = steps[step].at.get(place);
  const [x, y] = point(along(step), across), thick = Math.max(THINNEST, Math.max(came, left) * scale);
  g.fillStyle = OUTCOMES[place] || INK;
  if (came + left) g.fillRect(x, y, ...point(BAR, thick));
  const align = upright || !step ? "left" : step === STEPS.length - 1 ? "right" : "center";
  const middle = x + { left: 0, center: BAR / 2, right: BAR + SIDE }[align], lines = stageName(view.words, place).split("|");
  const colour = came + left ? INK : QUIET;
  lines.forEach((text, i) => writeAbove(g, text, middle, y - 5 - 12 * (lines.length - 1 - i), { size: 11, align, colour }));
  const n = count(place === FRESH ? left : came);
  writeAbove(g, n, middle, y - 5 - 12 * lines.length, { size: 12.5, weight: 600, align, colour });
}

const flows = {
  draw(pane, view) {
    const figure = plan(pane, view), g = sheet(pane.canvas, figure.w, figure.h);
    trace(figure);
    for (const flow of figure.flows) drawFlow(g, flow, colourOf(flow), 0.6);
    for (const place of STEPS.flat()) drawStage(g, place, view, figure);
    pane.hits = figure.flows.map((flow) => ({ ...flow, text: sentence(view.words, flow) }));
  },
  label(pane, view) {
    const found = flowsOf(pane.replay, view.at).slice(0, LARGEST);
    return found.map((flow) => sentence(view.words, flow)).join("; ") || view.words.nothing;
  },
  note(view) {
    const [since, until] = span(view.panes[0].replay, view.at);
    return since > until ? view.words.nothing : view.words.flow_note.replace("{a}", since).replace("{b}", until);
  },
  /* The flow under the pointer: the smallest one, if several lie there. */
  under(pane, x, y) {
    const g = pane.canvas.getContext("2d"), ratio = window.devicePixelRatio || 1;
    const at = [x * ratio, y * ratio];
    return [...pane.hits].reverse().find((flow) => {
      g.lineWidth = leadsBack(flow) ? Math.max(8, flow.wide) : 6;
      return g.isPointInStroke(flow.path, ...at) || (!leadsBack(flow) && g.isPointInPath(flow.path, ...at));
    });
  },
  ring(pane, flow) {
    drawFlow(pane.canvas.getContext("2d"), flow, INK, 2);
  },
};
