/* Reads a tape (sim/view/tape/recorder.py) and moves through its months.

   A month holds `place` of every claim (a code, or GONE), `since` (the month before it entered the
   docket, if it is there) and `conduct` of every debtor. */

const GONE = 255, PERFORMED = 11, ENDED = 12, QUEUED = 5, SEIZED = 7;

/* The numbers of a packed text (sim/view/tape/packing.py). */
async function unpack(text) {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const data = new Uint8Array(await new Response(stream).arrayBuffer());
  const numbers = [];
  let value = 0, factor = 1;
  for (const byte of data) {
    value += (byte & 127) * factor;
    factor *= 128;
    if (byte < 128) { numbers.push(value); value = 0; factor = 1; }
  }
  return numbers;
}

/* Splits a stream of changes into months: rows and their new codes. */
function months(numbers, at) {
  const found = [];
  while (at < numbers.length) {
    const n = numbers[at++], rows = new Uint32Array(n);
    let row = 0;
    for (let k = 0; k < n; k++) rows[k] = row += numbers[at++];
    found.push({ rows, codes: Uint8Array.from(numbers.slice(at, at + n)) });
    at += n;
  }
  return found;
}

class Replay {
  static async of(tape) {
    const claims = await unpack(tape.claims), people = await unpack(tape.people);
    const replay = new Replay();
    replay.tape = tape;
    replay.owner = Uint32Array.from(claims.slice(1, 1 + claims[0]));
    replay.claims = months(claims, 1 + claims[0]);
    replay.people = months(people, 0);
    replay.ages = await unpack(tape.ages);
    replay.rewind();
    return replay;
  }

  /* Takes the months after the last one (sim/view/tape/recorder.py, `since`). */
  async append(more) {
    const claims = await unpack(more.claims), people = await unpack(more.people), owners = claims.slice(1, 1 + claims[0]);
    const longer = (old, kind) => { const made = new kind(old.length + owners.length); made.set(old); return made; };
    const before = this.owner.length;
    this.owner = longer(this.owner, Uint32Array);
    this.owner.set(owners, before);
    this.place = longer(this.place, Uint8Array).fill(GONE, before);
    this.since = longer(this.since, Int32Array);
    this.claims.push(...months(claims, 1 + claims[0]));
    this.people.push(...months(people, 0));
    this.tape.last = more.last;
  }

  rewind() {
    this.month = this.tape.first - 1;
    this.place = new Uint8Array(this.owner.length).fill(GONE);
    this.since = new Int32Array(this.owner.length);
    this.conduct = new Uint8Array(this.tape.debtors);
  }

  /* Goes to a month; backwards means from the start. */
  to(month) {
    if (month < this.month) this.rewind();
    while (this.month < month) this.step();
  }

  step() {
    const { place, since, conduct } = this, k = ++this.month - this.tape.first;
    for (let i = 0; i < place.length; i++) if (place[i] >= PERFORMED) place[i] = GONE;
    const { rows, codes } = this.claims[k];
    for (let i = 0; i < rows.length; i++) {
      const was = place[rows[i]], is = Math.min(codes[i], ENDED);  // however it ended
      const entered = is >= QUEUED && is <= SEIZED && !(was >= QUEUED && was <= SEIZED);
      if (entered) since[rows[i]] = this.month - (k ? 1 : this.ages[rows[i]]);
      place[rows[i]] = is;
    }
    const people = this.people[k];
    for (let i = 0; i < people.rows.length; i++) conduct[people.rows[i]] = people.codes[i];
  }

  /* Kind of mark of a claim: what its debtor does; a claim performed counts as paid. */
  mark(claim) {
    return this.place[claim] === PERFORMED ? 1 : this.conduct[this.owner[claim]];
  }

  /* Claims at each place, in the order of their marks. */
  road() {
    const at = Array.from({ length: ENDED + 1 }, () => []);
    for (let i = 0; i < this.place.length; i++) if (this.place[i] !== GONE) at[this.place[i]].push(i);
    for (const claims of at) claims.sort((a, b) => this.mark(a) - this.mark(b) || a - b);
    return at;
  }

  /* Number of claims at each place. */
  counts() {
    const n = new Array(ENDED + 1).fill(0);
    for (const code of this.place) if (code !== GONE) n[code]++;
    return n;
  }

  /* Number of claims of each kind of mark. */
  marks() {
    const n = new Array(MARKS.length).fill(0);
    this.place.forEach((code, claim) => { if (code !== GONE) n[this.mark(claim)]++; });
    return n;
  }

  /* Number of debtors of each conduct. */
  conducts() {
    const n = new Array(MARKS.length).fill(0);
    for (const code of this.conduct) n[code]++;
    return n;
  }
}
