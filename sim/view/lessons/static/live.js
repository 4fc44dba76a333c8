/* Only on the live page: has the worlds of a lesson run one by one, and says how many are done.

   The waiting page goes on to the lesson as soon as the worlds of the first seed are there. The lesson then has those
   of the other seeds run, and takes the table over seeds from the whole file. */

(async () => {
  const line = document.getElementById("runs"), { text, from, until, all, next } = line.dataset;
  for (let run = +from; run < +until; run++) {
    line.textContent = text.replace("{done}", run).replace("{all}", all);
    const answer = await fetch(`?run=${run}`);
    if (!answer.ok) return (line.textContent = await answer.text());
  }
  if (next) return location.replace(next);
  const answer = await fetch(location.pathname), whole = await answer.text();
  if (!answer.ok) return (line.textContent = whole);
  const table = new DOMParser().parseFromString(whole, "text/html").getElementById("chance");
  document.getElementById("chance").replaceWith(table);
})().catch((error) => (document.getElementById("runs").textContent = String(error)));
