/* How numbers are written, in every figure and on the page around it. */

const known = (value) => value !== null && value !== undefined;

/* A whole number, with its thousands apart. */
function count(value) {
  return value.toLocaleString("en");
}

/* A number as its axis and its label show it; shares in per cent. */
function shown(value, share) {
  if (!known(value)) return "–";
  if (share) return String(Math.round(1000 * value) / 10);
  const size = Math.abs(value);
  if (size >= 1000) return count(Math.round(value));
  return String(+value.toPrecision(size < 1 ? 2 : 3));
}

/* One of the four large numbers, in every world: one value, before → after, or A | B | C. */
function large(values, share) {
  const texts = values.map((v) => (known(v) ? (share ? (100 * v).toFixed(0) : String(+v.toPrecision(3))) : "–"));
  const each = (text) => (share && text !== "–" ? `${text} %` : text);
  return texts.length > 2 ? each(texts.join(" | ")) : texts.map(each).join(" → ");
}

/* By how much `b` is more or less than `a`, shares in percentage points; null if one is unknown. */
function apart(a, b, share) {
  if (!known(a) || !known(b)) return null;
  const gap = share ? 100 * (b - a) : b - a, size = Math.abs(gap);
  const amount = share ? size.toFixed(1) : String(+size.toPrecision(2));
  return { amount, way: +amount === 0 ? "same" : gap > 0 ? "more" : "less" };
}
