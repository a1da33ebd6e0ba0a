// The worked example of chapter 2: where a reader is in it, and for each number
// its formula in words that a page can show. The numbers are the module's.

Live.WorkedExample = (() => {
  // Numbers as the program prints them: chosen ones as they were chosen,
  // computed ones with six decimals.
  const minus = words => words.replace('-', '−');
  const long = (value, decimals = 6) => minus(value.toFixed(decimals));
  const short = (value, decimals) => (String(value).length < 6 ? minus(String(value)) : long(value, decimals));
  const signed = value => (value < 0 ? `(${short(value)})` : short(value));

  // The formulas in order: which way they go, how they are written with one
  // output and with two where that differs, how the lines of the plain program
  // begin that compute them, and what happens, in words.
  const FORMULAS = [
    { names: ['z1'], way: 'forward', written: ['z1 = w1·x + b1'], code: ['let z = affine('], words: 'Each hidden unit adds up what its arrows bring, and its bias.' },
    { names: ['a1'], way: 'forward', written: ['a1 = σ(z1)'], code: ['let a = if is_output'], words: 'Each hidden unit bends its sum.' },
    { names: ['z2'], way: 'forward', written: ['z2 = w2·a1 + b2'], code: ['let z = affine('], words: 'What the hidden units hand on is added up: the answer.' },
    { names: ['J'], way: 'forward', written: ['J = ½·(z2 − y)²', 'J = ½·Σ (z2 − y)²'], code: ['Ok(sum_of_squares(a, y)? / (2'], words: 'The cost tells how far the answer lies from what was wanted.' },
    { names: ['dz2'], way: 'backward', written: ['dz2 = z2 − y'], code: ['let mut dz = pass.output()'], words: 'The blame begins as the whole error: the answer minus what was wanted.' },
    { names: ['dw2', 'db2'], way: 'backward', written: ['dw2 = dz2·a1, db2 = dz2'], code: ['gradients.push(gradient('], words: 'On each arrow the blame meets what came through: that is the share of its weight.' },
    { names: ['da1'], way: 'backward', written: ['da1 = w2·dz2', 'da1 = Σ w2·dz2'], code: ['let da = transposed_product('], words: ['It goes on through the same arrow, times its weight, to the hidden units.', 'It goes on through the same arrows, times their weights, and each hidden unit adds up what both outputs send.'] },
    { names: ['dz1'], way: 'backward', written: ['dz1 = da1·a1·(1 − a1)'], code: ['dz = da *'], words: 'In each hidden unit it passes the bend, times the slope.' },
    { names: ['dw1', 'db1'], way: 'backward', written: ['dw1 = dz1·x, db1 = dz1'], code: ['gradients.push(gradient('], words: 'It meets the inputs on their arrows. There it ends: an input has nothing to learn.' },
    { names: ['update'], way: 'update', written: ['w ← w − η·dw, b ← b − η·db'], code: ['layer.w -=', 'layer.b -='], words: 'Every weight and bias moves against its derivative.' },
  ];
  const UPDATE = FORMULAS.length;
  const WAYS = { forward: 'Forward', backward: 'Backward', update: 'Update' };
  const order = name => FORMULAS.findIndex(({ names }) => names.includes(name)) + 1;
  const joined = words => (words.length < 3 ? words.join(' and ') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`);

  class WorkedExample {
    constructor(module) {
      this.module = module;
      this.start(1);
    }

    // From the chapter's weights, with one output or with two.
    start(outputs) {
      this.outputs = outputs;
      this.reset();
      this.list();
    }

    reset() {
      this.module.inside_start(this.outputs);
      this.rates = []; // of the steps so far, for the way back
      [this.taken, this.pass, this.after] = [0, this.read(), null];
    }

    // Every number of the pass through the present parameters.
    read() {
      const { module } = this;
      const of = (name, l) => module.read(module[`inside_${name}`](l));
      const layer = l => ({ w: of('weights', l), b: of('bias', l), z: of('z', l), a: of('a', l), da: of('da', l), dz: of('dz', l), dw: of('dw', l), db: of('db', l) });
      return { x: of('x'), y: of('y'), 1: layer(1), 2: layer(2), J: module.inside_cost() };
    }

    // The formulas as they are written with so many outputs.
    get formulas() {
      const of = list => list[Math.min(this.outputs, list.length) - 1];
      return FORMULAS.map(({ written, words, ...rest }) => ({ ...rest, written: of(written), words: of([words].flat()) }));
    }

    // Outputs have numbers where there are two.
    output(k) {
      return this.outputs === 1 ? '' : `[${k + 1}]`;
    }

    // From hidden unit i to output k.
    arrow(k, i) {
      return this.outputs === 1 ? `[${i + 1}]` : `[${k + 1},${i + 1}]`;
    }

    // A number: its name, the formula it comes with, its label on the drawing,
    // its value, and the formula in symbols and with the values put in.
    add(name, from, label, value, symbols, put) {
      this.numbers.push({ name, from: order(from), label, isChosen: from === '', value, symbols, put });
    }

    // What was chosen once, and is changed by the update alone.
    parameter(name, label, l, i) {
      const value = () => (this.after ?? this.pass)[l][label][i];
      const put = () => this.after && `${signed(this.pass[l][label][i])} − ${this.rates.at(-1).toFixed(1)}·${signed(this.pass[l][`d${label}`][i])}`;
      this.add(name, '', label, value, `${name} − η·d${name}`, put);
    }

    // All of them, in the order of computation.
    list() {
      this.numbers = [];
      const here = () => this.pass;
      const units = [0, 1];
      const ends = units.slice(0, this.outputs);
      for (const i of units) this.add(`x[${i + 1}]`, '', 'x', () => here().x[i], null, () => null);
      for (const k of ends) this.add(`y${this.output(k)}`, '', 'y', () => here().y[k], null, () => null);
      for (const i of units) {
        const u = i + 1;
        for (const j of units) this.parameter(`w1[${u},${j + 1}]`, 'w', 1, 2 * i + j);
        this.parameter(`b1[${u}]`, 'b', 1, i);
      }
      for (const k of ends) {
        for (const i of units) this.parameter(`w2${this.arrow(k, i)}`, 'w', 2, 2 * k + i);
        this.parameter(`b2${this.output(k)}`, 'b', 2, k);
      }
      this.listForward(here, units, ends);
      this.listBackward(here, units, ends);
      this.named = new Map(this.numbers.map(number => [number.name, number]));
      for (const number of this.numbers) number.fedBy = this.feeding(number);
    }

    listForward(here, units, ends) {
      for (const i of units) {
        const u = i + 1;
        this.add(`z1[${u}]`, 'z1', 'z', () => here()[1].z[i], `w1[${u},1]·x[1] + w1[${u},2]·x[2] + b1[${u}]`, () => {
          const { x, 1: { w, b } } = here();
          return `${signed(w[2 * i])}·${signed(x[0])} + ${signed(w[2 * i + 1])}·${signed(x[1])} + ${signed(b[i])}`;
        });
      }
      for (const i of units) this.add(`a1[${i + 1}]`, 'a1', 'a', () => here()[1].a[i], `σ(z1[${i + 1}])`, () => `σ(${long(here()[1].z[i])})`);
      for (const k of ends) {
        const terms = units.map(i => `w2${this.arrow(k, i)}·a1[${i + 1}]`);
        this.add(`z2${this.output(k)}`, 'z2', 'z', () => here()[2].z[k], `${terms.join(' + ')} + b2${this.output(k)}`, () => {
          const { 1: { a }, 2: { w, b } } = here();
          return `${signed(w[2 * k])}·${long(a[0])} + ${signed(w[2 * k + 1])}·${long(a[1])} + ${signed(b[k])}`;
        });
      }
      const squares = of => {
        const all = ends.map(k => `(${of(k)})²`);
        return `½·${all.length === 1 ? all[0] : `(${all.join(' + ')})`}`;
      };
      this.add('J', 'J', 'J', () => here().J, squares(k => `z2${this.output(k)} − y${this.output(k)}`), () => squares(k => `${long(here()[2].z[k])} − ${signed(here().y[k])}`));
    }

    listBackward(here, units, ends) {
      const dz2 = k => long(here()[2].dz[k]);
      for (const k of ends) this.add(`dz2${this.output(k)}`, 'dz2', 'dz', () => here()[2].dz[k], `z2${this.output(k)} − y${this.output(k)}`, () => `${long(here()[2].z[k])} − ${signed(here().y[k])}`);
      for (const k of ends) {
        for (const i of units) this.add(`dw2${this.arrow(k, i)}`, 'dw2', 'dw', () => here()[2].dw[2 * k + i], `dz2${this.output(k)}·a1[${i + 1}]`, () => `${dz2(k)}·${long(here()[1].a[i])}`);
        this.add(`db2${this.output(k)}`, 'db2', 'db', () => here()[2].db[k], `dz2${this.output(k)}`, () => dz2(k));
      }
      for (const i of units) {
        const terms = ends.map(k => `w2${this.arrow(k, i)}·dz2${this.output(k)}`);
        this.add(`da1[${i + 1}]`, 'da1', 'da', () => here()[1].da[i], terms.join(' + '), () => ends.map(k => `${signed(here()[2].w[2 * k + i])}·${dz2(k)}`).join(' + '));
      }
      for (const i of units) {
        const u = i + 1;
        this.add(`dz1[${u}]`, 'dz1', 'dz', () => here()[1].dz[i], `da1[${u}]·a1[${u}]·(1 − a1[${u}])`, () => {
          const { a, da } = here()[1];
          return `${long(da[i])}·${long(a[i])}·(1 − ${long(a[i])})`;
        });
      }
      for (const i of units) {
        const dz1 = () => long(here()[1].dz[i]);
        for (const j of units) this.add(`dw1[${i + 1},${j + 1}]`, 'dw1', 'dw', () => here()[1].dw[2 * i + j], `dz1[${i + 1}]·x[${j + 1}]`, () => `${dz1()}·${signed(here().x[j])}`);
        this.add(`db1[${i + 1}]`, 'db1', 'db', () => here()[1].db[i], `dz1[${i + 1}]`, dz1);
      }
    }

    // The numbers that stand in its formula.
    feeding({ name, symbols }) {
      const found = symbols?.match(/[a-zJ]+\d?(\[[\d,]+\])?/g) ?? [];
      return [...new Set(found)].filter(other => other !== name && this.named.has(other));
    }

    // Those that feed it, as far as it has been computed.
    feeds(number) {
      return number.isChosen && !this.after ? [] : number.fedBy;
    }

    isVisible(number) {
      return number.from <= this.taken;
    }

    // Whether the formula taken last has made it.
    isFresh(number) {
      if (this.after) return number.isChosen && number.symbols !== null;
      return this.taken > 0 && number.from === this.taken;
    }

    shown(number, decimals = 6) {
      return (number.isChosen ? short : long)(number.value(), decimals);
    }

    // z2 = w2[1]·a1[1] + … = 1·0.549834 + … = −0.099051
    formula(number) {
      const put = number.put();
      if (put === null) return `${number.name} = ${this.shown(number)}`;
      return `${number.name} ${number.isChosen ? '←' : '='} ${number.symbols} = ${put} = ${this.shown(number)}`;
    }

    // What the formula taken last has done, in a sentence.
    get story() {
      if (!this.taken) return 'Before the first formula: only what was chosen is there.';
      const { names, way, words } = this.formulas[this.taken - 1];
      if (this.after) return `Update: ${words} J was ${long(this.pass.J)} and is ${long(this.after.J)}.`;
      const values = this.numbers.filter(number => number.from === this.taken).map(number => `${number.name} = ${this.shown(number)}`);
      return `${WAYS[way]}, ${joined(names)}. ${words} ${values.join(', ')}.`;
    }

    get position() {
      return this.taken ? `formula ${this.taken} of ${UPDATE}` : 'before the first formula';
    }

    // J once it is known, and J after the step.
    get costs() {
      return [this.taken >= order('J') ? long(this.pass.J) : '—', this.after ? long(this.after.J) : '—'];
    }

    // Where it has come to, as a link holds it. `rate` is that of the next step.
    state(rate) {
      const changes = new Live.Changes();
      const rates = [...this.rates, rate];
      rates.forEach((value, step) => {
        if (step > 0 && value !== rates[step - 1]) changes.add(step, 'rate', [value]);
      });
      return { outputs: this.outputs, formula: this.taken, steps: this.rates.length, rate: rates[0], changes };
    }

    // Goes to such a place, as far as its steps lead to finite numbers; returns
    // the rate of the next step. After the update there is no pass without one.
    restore({ outputs, formula, steps, rate, changes }) {
      this.start(outputs);
      let present = rate;
      const change = step => {
        for (const [, what, value] of changes.before(step)) if (what === 'rate') present = value;
      };
      for (let step = 0; step < steps; step += 1) {
        change(step);
        if (!this.whole(present)) return present;
      }
      change(steps);
      if (formula < UPDATE) {
        this.nextPass();
        this.go(formula);
      }
      return present;
    }

    // The rest are the ways on and back; false where there is none.
    next(rate) {
      this.nextPass();
      return this.go(this.taken + 1, rate);
    }

    whole(rate) {
      this.nextPass();
      return this.update(rate);
    }

    // To any formula of this pass; an update that was taken is taken back.
    go(to, rate) {
      if (to === this.taken) return true;
      this.undo();
      if (to === UPDATE) return this.update(rate);
      this.taken = to;
      return true;
    }

    nextPass() {
      if (this.after) [this.taken, this.pass, this.after] = [0, this.after, null];
    }

    update(rate) {
      if (this.module.inside_update(rate) !== 0) return false;
      this.rates.push(rate);
      [this.taken, this.after] = [UPDATE, this.read()];
      return true;
    }

    undo() {
      if (!this.after) return;
      this.module.inside_back();
      this.rates.pop();
      this.after = null;
    }

    back() {
      if (this.taken === 0 && !this.rates.length) return false;
      if (this.taken <= 1 && this.rates.length) {
        // The numbers of the pass before, and its update once more.
        this.module.inside_back();
        this.pass = this.read();
        return this.update(this.rates.pop());
      }
      return this.go(this.taken - 1);
    }
  }

  WorkedExample.LAST = UPDATE;
  return WorkedExample;
})();
