/* Reads a tape (sim/view/tape/recorder.py) and moves through its months.

   A month holds `place` of every claim (a code, or GONE), `since` (the month before it entered the
   docket, if it is there) and `conduct` of every debtor. */

const GONE = 15, PERFORMED = 11, ENDED = 12, QUEUED = 5, SEIZED = 7;

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

/* What changed in each month: rows and their new codes, from `stays` (sim/view/tape/packing.py). The
   first month has every row. */
function months(numbers, first, last) {
  let at = 0;
  const take = (n) => numbers.slice(at, (at += n)), codes = take(numbers[at++]), kinds = [];
  while (at < numbers.length) {
    const lasted = take(numbers[at++]);
    kinds.push({ lasted, follows: take(lasted.filter(Boolean).length), stay: 0, end: 0 });
  }
  const found = Array.from({ length: last - first + 1 }, () => ({ rows: [], codes: [] }));
  codes.forEach((code, row) => {
    for (let month = 0, lasted = 1; lasted; month += lasted) {
      found[month].rows.push(row);
      found[month].codes.push(code);
      const kind = kinds[code];
      lasted = kind.lasted[kind.stay++];
      if (lasted) code = kind.follows[kind.end++];
    }
  });
  return found;
}

/* The same, from `steps` (sim/view/tape/packing.py). */
function stepsOf(numbers) {
  const found = [];
  for (let at = 0; at < numbers.length;) {
    const n = numbers[at++];
    let row = 0;
    const rows = numbers.slice(at, (at += n)).map((distance) => (row += distance));
    found.push({ rows, codes: numbers.slice(at, (at += n)) });
  }
  return found;
}

/* The rows of a table, from `columns` (sim/view/tape/packing.py). */
function table([n, ...numbers]) {
  const rows = Array.from({ length: n }, () => []), size = numbers.length / n;
  for (let column = 0; column < size; column++) {
    let value = 0;
    rows.forEach((row, k) => {
      const change = numbers[column * n + k];
      row.push((value += change % 2 ? -(change + 1) / 2 : change / 2));
    });
  }
  return rows;
}

/* Rows of debtors, from the distances between them. */
function rowsFrom(distances, debtors) {
  let row = 0;
  return distances.map((distance) => (row = (row + distance) % debtors));
}

class Replay {
  static async of(tape) {
    const replay = new Replay(), { first, last, ledger } = tape;
    replay.tape = tape;
    replay.owner = Uint32Array.from(rowsFrom(await unpack(tape.owners), tape.debtors));
    replay.claims = months(await unpack(tape.claims), first, last);
    replay.people = months(await unpack(tape.people), first, last);
    replay.ages = await unpack(tape.ages);
    replay.ledger = { payers: table(await unpack(ledger.payers)), evaders: table(await unpack(ledger.evaders)) };
    replay.rewind();
    return replay;
  }

  /* Takes the months after the last one (sim/view/tape/recorder.py, `taken`). */
  async append(more) {
    const { tape } = this, owners = rowsFrom(await unpack(more.owners), tape.debtors), before = this.owner.length;
    const longer = (old, kind) => { const made = new kind(old.length + owners.length); made.set(old); return made; };
    this.owner = longer(this.owner, Uint32Array);
    this.owner.set(owners, before);
    this.place = longer(this.place, Uint8Array).fill(GONE, before);
    this.since = longer(this.since, Int32Array);
    this.claims.push(...stepsOf(await unpack(more.claims)));
    this.people.push(...stepsOf(await unpack(more.people)));
    tape.last = more.last;
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
      const was = place[rows[i]], is = codes[i] === GONE ? GONE : Math.min(codes[i], ENDED);  // however it ended
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
