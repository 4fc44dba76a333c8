/* One lesson: guess, lock in, run, explain. Answers stay in the page. */

const DATA = JSON.parse(document.getElementById("data").textContent);
const at = (id) => document.getElementById(id);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

function value(row, share) {
  const last = row.findLast((v) => v !== null);
  if (last === undefined) return "–";
  return share ? `${(100 * last).toFixed(1)} %` : last.toLocaleString("en", { maximumSignificantDigits: 3 });
}

function reveal(guess) {
  if (!at("answer").hidden) return;
  const { texts, right, answers, watch, show } = DATA;
  const said = guess === right ? texts.hit : texts.miss;
  const [a, b] = show.tapes.map(({ tape }) => value(tape.curves[watch.name], watch.share));
  at("verdict").textContent = fill(said, { guess: answers[guess], right: answers[right] });
  at("shift").textContent = fill(texts.shift, { title: watch.title, a, b });
  at("answer").hidden = false;
  at("answer").querySelector("h2").focus({ preventScroll: true });
}

at("guess").addEventListener("change", () => (at("lock").disabled = false));
at("guess").addEventListener("submit", async (event) => {
  event.preventDefault();
  if (at("lock").disabled) return;
  const guess = +new FormData(at("guess")).get("answer");
  for (const part of at("guess").elements) part.disabled = true;
  at("lock").hidden = true;
  at("locked").textContent = fill(DATA.texts.locked, { answer: DATA.answers[guess] });
  at("stage").hidden = false;
  const end = DATA.show.tapes[0].tape.last;
  const seen = (month) => month >= end && reveal(guess);
  const handle = await servanda.player(at("player"), DATA.show, { stopped: seen, month: seen });
  at("stage").scrollIntoView({ behavior: "instant", block: "start" });
  handle.start();
});
at("print").addEventListener("click", () => window.print());
