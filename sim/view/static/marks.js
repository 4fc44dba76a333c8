/* Marks: one colour and shape for each conduct, and what all canvases share.

   The colours have at least 3:1 against white and stay apart in the three kinds of colour
   blindness. Who cannot pay is an open mark: not being able is not dishonesty. */

const INK = "#1f2933", QUIET = "#4d5866", LINE = "#e3e7eb", RULE = "#9aa5b1", GROUND = "#c3cbd3";
const A_COLOUR = "#0439de", B_COLOUR = "#c44601", C_COLOUR = "#00776a", D_COLOUR = "#7a1f6d", BASE_COLOUR = "#7b8794";
const FONT = 'system-ui,"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif';

const MARKS = [
  { colour: "#98a2ad", shape: "square" },
  { colour: "#0439de", shape: "disc" },
  { colour: "#2391c7", shape: "disc" },
  { colour: "#818990", shape: "ring" },
  { colour: "#b78804", shape: "triangle" },
  { colour: "#9b3606", shape: "triangle" },
  { colour: "#6b1255", shape: "cross" },
  { colour: "#106140", shape: "square" },
  { colour: "#0e0e0e", shape: "diamond" },
  { colour: "#0e0e0e", shape: "open diamond" },
];

function outline(g, shape, x, y, s) {
  if (shape === "disc" || shape === "ring") {
    g.moveTo(x + s, y);
    g.arc(x, y, s, 0, 2 * Math.PI);
  } else if (shape === "triangle") {
    g.moveTo(x, y - s);
    g.lineTo(x + s, y + s);
    g.lineTo(x - s, y + s);
    g.closePath();
  } else if (shape.endsWith("diamond")) {
    g.moveTo(x, y - s);
    g.lineTo(x + s, y);
    g.lineTo(x, y + s);
    g.lineTo(x - s, y);
    g.closePath();
  } else if (shape === "cross") {
    const t = 0.38 * s;
    g.rect(x - s, y - t, 2 * s, 2 * t);
    g.rect(x - t, y - s, 2 * t, 2 * s);
  } else {
    g.rect(x - 0.85 * s, y - 0.85 * s, 1.7 * s, 1.7 * s);
  }
}

/* Draws equal marks at the places given as [x, y, x, y, …]. */
function stamp(g, code, places, size) {
  const { colour, shape } = MARKS[code];
  g.beginPath();
  for (let i = 0; i < places.length; i += 2) outline(g, shape, places[i], places[i + 1], size);
  if (shape === "ring" || shape === "open diamond") {
    g.strokeStyle = colour;
    g.lineWidth = 1.4;
    g.stroke();
  } else {
    g.fillStyle = colour;
    g.fill();
  }
}

/* A cleared drawing context of w by h pixels of the page, sharp on any screen. */
function sheet(canvas, w, h) {
  const ratio = window.devicePixelRatio || 1;
  const wide = Math.round(w * ratio), high = Math.round(h * ratio);
  if (canvas.width !== wide || canvas.height !== high) {
    canvas.width = wide;
    canvas.height = high;
    canvas.style.height = h + "px";
  }
  const g = canvas.getContext("2d");
  g.setTransform(ratio, 0, 0, ratio, 0, 0);
  g.clearRect(0, 0, w, h);
  return g;
}

function write(g, text, x, y, { size = 12, weight = 400, colour = INK, align = "left", most = 0 } = {}) {
  g.font = `${weight} ${size}px ${FONT}`;
  g.fillStyle = colour;
  g.textAlign = align;
  let shown = String(text);
  while (most && shown.length > 2 && g.measureText(shown).width > most) shown = shown.slice(0, -2) + "…";
  g.fillText(shown, x, y);
}

function across(g, x0, x1, y, colour = LINE) {
  g.strokeStyle = colour;
  g.lineWidth = 1;
  g.beginPath();
  g.moveTo(x0, y);
  g.lineTo(x1, y);
  g.stroke();
}
