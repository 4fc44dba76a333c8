/* Choosing a mark, with the pointer or the keyboard. */

const REACH = 81;  // pixels, squared

/* The mark of a pane at a place, if there is one. Some figures find theirs themselves. */
function nearest(view, pane, x, y) {
  const { under } = FIGURES[view.figure];
  if (under) return under(pane, x, y);
  let found = null, least = REACH;
  for (const hit of pane.hits || []) {
    const d = (hit[0] - x) ** 2 + (hit[1] - y) ** 2;
    if (d < least) { least = d; found = hit; }
  }
  return found;
}

/* The debtor of a mark. */
function rowOf(pane, hit) {
  return hit[3] ?? pane.replay.owner[hit[2]];
}

/* Whether a mark can be chosen: a flow has a text of its own and is nobody's, all others are a debtor's. */
function isDebtors(hit, debtor) {
  return Boolean(hit && !hit.text && debtor);
}

function labelOf({ words }, pane, hit) {
  if (hit.text) return hit.text;
  const row = rowOf(pane, hit);
  return `${words.debtor} ${row}: ${words.conduct[pane.replay.conduct[row]]}`;
}

/* A frame around the mark that the keys have reached. */
function ring(pane, [x, y]) {
  const g = pane.canvas.getContext("2d");
  g.strokeStyle = A_COLOUR;
  g.lineWidth = 2.5;
  g.strokeRect(x - 7, y - 7, 14, 14);
}

/* Lets marks be chosen; returns the hint beside the pointer. */
function choosing(view, clock, { draw, live, debtor }) {
  const hint = element("div", { class: "sv-hint", hidden: "" });
  for (const pane of view.panes) {
    pane.canvas.addEventListener("click", ({ offsetX, offsetY }) => {
      const hit = nearest(view, pane, offsetX, offsetY);
      if (isDebtors(hit, debtor)) debtor(rowOf(pane, hit));
    });
    pane.canvas.addEventListener("pointermove", (event) => describe(view, pane, event, hint, debtor));
    pane.canvas.addEventListener("pointerleave", () => (hint.hidden = true));
    pane.canvas.addEventListener("keydown", (event) => walk(view, pane, event, { clock, draw, live, debtor }));
  }
  return hint;
}

function describe(view, pane, event, hint, debtor) {
  const hit = nearest(view, pane, event.offsetX, event.offsetY);
  hint.hidden = !hit;
  pane.canvas.style.cursor = isDebtors(hit, debtor) ? "pointer" : "default";
  if (!hit) return;
  hint.textContent = labelOf(view, pane, hit) + (isDebtors(hit, debtor) ? ` – ${view.words.click}` : "");
  const box = view.root.getBoundingClientRect();
  hint.style.left = `${Math.min(event.clientX - box.left + 12, box.width - 240)}px`;
  hint.style.top = `${event.clientY - box.top + 14}px`;
}

/* On a figure, the arrow keys walk through the marks and Enter chooses; space plays. */
function walk(view, pane, event, { clock, draw, live, debtor }) {
  const last = (pane.hits || []).length - 1, along = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (event.key === " ") { event.preventDefault(); clock.toggle(); return; }
  if (event.key === "Enter" && isDebtors(pane.hits?.[pane.walked], debtor)) { debtor(rowOf(pane, pane.hits[pane.walked])); return; }
  if (!along || last < 0) return;
  event.preventDefault();
  pane.walked = Math.max(0, Math.min(last, (pane.walked ?? -1) + along));
  draw();
  const hit = pane.hits[pane.walked];
  (FIGURES[view.figure].ring || ring)(pane, hit);
  live.textContent = labelOf(view, pane, hit);
}
