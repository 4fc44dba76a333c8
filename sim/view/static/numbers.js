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

/* One of the four large numbers. */
function large(value, share) {
  if (!known(value)) return "–";
  return share ? `${(100 * value).toFixed(0)} %` : String(+value.toPrecision(3));
}

/* By how much `b` is more or less than `a`, shares in percentage points; null if one is unknown. */
function apart(a, b, share) {
  if (!known(a) || !known(b)) return null;
  const gap = share ? 100 * (b - a) : b - a, size = Math.abs(gap);
  const amount = share ? size.toFixed(1) : String(+size.toPrecision(2));
  return { amount, way: +amount === 0 ? "same" : gap > 0 ? "more" : "less" };
}
