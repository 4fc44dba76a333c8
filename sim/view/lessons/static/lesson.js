/* One lesson: guess, lock in, run, explain. Answers stay in the page. */

const DATA = JSON.parse(document.getElementById("data").textContent);
const at = (id) => document.getElementById(id);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

function reveal(guess) {
  if (!at("answer").hidden) return;
  const { texts, right, answers } = DATA;
  const said = guess === right ? texts.hit : texts.miss;
  at("verdict").textContent = fill(said, { guess: answers[guess], right: answers[right] });
  at("answer").hidden = false;
  at("see").hidden = false;
  at("see").focus({ preventScroll: true });
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
at("see").addEventListener("click", () => at("answer").scrollIntoView({ block: "start" }));
at("print").addEventListener("click", () => window.print());
