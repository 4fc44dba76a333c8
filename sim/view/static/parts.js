/* Parts of the player that are plain elements of the page. */

const SIDES = "abcd";
const ICONS = {
  play: "M8 5v14l11-7z",
  pause: "M6 5h4v14H6zm8 0h4v14h-4z",
  back: "M6 6h2v12H6zm3.5 6l8.5 6V6z",
  step: "M16 6h2v12h-2zM6 18l8.5-6L6 6z",
};
const SPEEDS = [2, 8, 24];

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

/* The bar above the figures: buttons and slider of the clock, choice of the figure. */
function barOf(view, clock, figures, { draw, say, stopped, chose }) {
  const { words } = view, id = `sv-month-${view.number}`;
  const back = iconButton(ICONS.back, words.back), play = iconButton(ICONS.play, words.play), step = iconButton(ICONS.step, words.step);
  const slider = element("input", { type: "range", id, min: view.first, max: view.last, step: 1, class: "sv-slider" });
  const month = element("output", { class: "sv-month", for: id });
  const faster = element("button", { type: "button", class: "sv-button", title: words.speed }, "");
  const choice = choiceOf(view, figures, (name) => { view.figure = name; chose(name); draw(); });
  play.onclick = clock.toggle;
  back.onclick = () => { clock.stop(); clock.go(view.first); say(); };
  step.onclick = () => { clock.stop(); clock.go(view.at + 1); say(); };
  faster.onclick = () => { view.speed = SPEEDS[(SPEEDS.indexOf(view.speed) + 1) % SPEEDS.length]; draw(); };
  slider.oninput = () => { const m = +slider.value; clock.stop(); clock.go(m); };
  slider.onchange = () => { say(); stopped(); };
  const box = element("div", { class: "sv-bar", role: "group", "aria-label": words.time }, back, play, step,
    element("label", { for: id }, words.month), slider, month, faster, choice);
  return {
    box,
    turned(playing) {
      const name = playing ? "pause" : "play";
      play.querySelector("path").setAttribute("d", ICONS[name]);
      play.setAttribute("aria-label", words[name]);
      play.title = words[name];
    },
    draw() {
      slider.max = view.last;
      slider.value = view.at;
      slider.setAttribute("aria-valuetext", `${words.month} ${view.at}`);
      month.textContent = view.at;
      faster.textContent = `${view.speed}×`;
      for (const button of choice.children) button.setAttribute("aria-pressed", button.dataset.figure === view.figure);
    },
  };
}

function choiceOf({ words }, figures, chose) {
  const box = element("div", { class: "sv-choice", role: "group", "aria-label": words.figure });
  for (const name of figures) {
    const button = element("button", { type: "button", class: "sv-button", "data-figure": name }, words[name]);
    button.onclick = () => chose(name);
    box.append(button);
  }
  return box;
}

/* A pane's title and canvas; several worlds have the stroke of their curves before the title. */
function paneBox(pane, k, several) {
  pane.canvas = element("canvas", { class: "sv-figure", tabindex: 0, role: "img" });
  const title = element("h2", { class: several ? `sv-title sv-${SIDES[k]}` : "sv-title" }, pane.title);
  return element("section", { class: "sv-pane", "aria-label": pane.title }, title, pane.canvas);
}

/* Kinds of marks with their numbers in each world, A | B | …: claims on the road, debtors in the town. */
function legendOf(view) {
  const box = element("ul", { class: "sv-legend", "aria-label": view.words.legend });
  const keys = MARKS.map((mark, code) => {
    const canvas = element("canvas", { class: "sv-key", "aria-hidden": "true" }), number = element("b");
    canvas.style.width = "16px";
    stamp(sheet(canvas, 16, 16), code, [8, 8], 4.6);
    const item = element("li", {}, canvas, `${view.words.conduct[code]} `, number);
    box.append(item);
    return { item, number };
  });
  const draw = () => {
    box.hidden = view.figure !== "road" && view.figure !== "town";
    if (box.hidden) return;
    const counts = view.panes.map(({ replay }) => (view.figure === "town" ? replay.conducts() : replay.marks()));
    keys.forEach(({ item, number }, code) => {
      number.textContent = counts.map((n) => count(n[code])).join(" | ");
      item.classList.toggle("sv-none", counts.every((n) => !n[code]));  // kinds that occur nowhere are pale
    });
  };
  return { box, draw };
}
