// The worked example of chapter 2: where a reader is in it, and for each number
// its formula in words that a page can show. The numbers are the module's.

Live.WorkedExample = (() => {
  // Numbers as the program prints them: chosen ones as they were chosen,
  // computed ones with six decimals.
  const minus = words => words.replace('-', '−');
  const long = value => minus(value.toFixed(6));
  const short = value => (String(value).length < 6 ? minus(String(value)) : long(value));
  const signed = value => (value < 0 ? `(${short(value)})` : short(value));

  // The formulas in order, and the words for each.
  const FORMULAS = [
    ['z1', 'the weighted sums of the hidden units'],
    ['a1', 'their activations'],
    ['z2', 'the answer'],
    ['J', 'the cost'],
    ['dz2', 'the error at the output'],
    ['dw2 db2', 'what the output’s weights and bias are to blame for'],
    ['da1', 'the blame, back through the arrows'],
    ['dz1', 'the same, through the slope of the activation'],
    ['dw1 db1', 'what the hidden units’ weights and biases are to blame for'],
    ['update', 'every weight and bias moves against its derivative'],
  ];
  const UPDATE = FORMULAS.length;
  const order = name => FORMULAS.findIndex(([names]) => names.split(' ').includes(name)) + 1;

  class WorkedExample {
    constructor(module) {
      this.module = module;
      this.numbers = [];
      this.reset();
      this.list();
    }

    reset() {
      this.module.inside_start();
      this.rates = []; // of the steps so far, for the way back
      [this.taken, this.pass, this.after] = [0, this.read(), null];
    }

    // Every number of the pass through the present parameters.
    read() {
      const { module } = this;
      const of = (name, l) => module.read(module[`inside_${name}`](l));
      const layer = l => ({ w: of('weights', l), b: of('bias', l), z: of('z', l), a: of('a', l), da: of('da', l), dz: of('dz', l), dw: of('dw', l), db: of('db', l) });
      return { x: of('x'), y: of('y')[0], 1: layer(1), 2: layer(2), J: module.inside_cost() };
    }

    // A number: its name, the formula it comes with, its label on the drawing,
    // its value, and the formula in symbols and with the values put in.
    add(name, from, label, value, symbols, put) {
      this.numbers.push({ name, from: order(from), label, isChosen: from === '', value, symbols, put });
    }

    // What was chosen once, and is changed by the update alone.
    parameter(name, label, l, i, gradient) {
      const value = () => (this.after ?? this.pass)[l][label][i];
      const put = () => this.after && `${signed(this.pass[l][label][i])} − ${this.rates.at(-1).toFixed(1)}·${signed(this.pass[l][`d${label}`][i])}`;
      this.add(name, '', label, value, `${name} − η·${gradient}`, put);
    }

    // All of them, in the order of computation.
    list() {
      const here = () => this.pass;
      const units = [0, 1];
      for (const i of units) this.add(`x[${i + 1}]`, '', 'x', () => here().x[i], null, () => null);
      this.add('y', '', 'y', () => here().y, null, () => null);
      for (const i of units) {
        const u = i + 1;
        for (const j of units) this.parameter(`w1[${u},${j + 1}]`, 'w', 1, 2 * i + j, `dw1[${u},${j + 1}]`);
        this.parameter(`b1[${u}]`, 'b', 1, i, `db1[${u}]`);
      }
      for (const i of units) this.parameter(`w2[${i + 1}]`, 'w', 2, i, `dw2[${i + 1}]`);
      this.parameter('b2', 'b', 2, 0, 'db2');
      this.listForward(here, units);
      this.listBackward(here, units);
      this.named = new Map(this.numbers.map(number => [number.name, number]));
    }

    listForward(here, units) {
      for (const i of units) {
        const u = i + 1;
        this.add(`z1[${u}]`, 'z1', 'z', () => here()[1].z[i], `w1[${u},1]·x[1] + w1[${u},2]·x[2] + b1[${u}]`, () => {
          const { x, 1: { w, b } } = here();
          return `${signed(w[2 * i])}·${signed(x[0])} + ${signed(w[2 * i + 1])}·${signed(x[1])} + ${signed(b[i])}`;
        });
      }
      for (const i of units) this.add(`a1[${i + 1}]`, 'a1', 'a', () => here()[1].a[i], `σ(z1[${i + 1}])`, () => `σ(${long(here()[1].z[i])})`);
      this.add('z2', 'z2', 'z', () => here()[2].z[0], 'w2[1]·a1[1] + w2[2]·a1[2] + b2', () => {
        const { 1: { a }, 2: { w, b } } = here();
        return `${signed(w[0])}·${long(a[0])} + ${signed(w[1])}·${long(a[1])} + ${signed(b[0])}`;
      });
      this.add('J', 'J', 'J', () => here().J, '½·(z2 − y)²', () => `½·(${long(here()[2].z[0])} − ${signed(here().y)})²`);
    }

    listBackward(here, units) {
      const dz2 = () => long(here()[2].dz[0]);
      this.add('dz2', 'dz2', 'dz', () => here()[2].dz[0], 'z2 − y', () => `${long(here()[2].z[0])} − ${signed(here().y)}`);
      for (const i of units) this.add(`dw2[${i + 1}]`, 'dw2', 'dw', () => here()[2].dw[i], `dz2·a1[${i + 1}]`, () => `${dz2()}·${long(here()[1].a[i])}`);
      this.add('db2', 'db2', 'db', () => here()[2].db[0], 'dz2', dz2);
      for (const i of units) this.add(`da1[${i + 1}]`, 'da1', 'da', () => here()[1].da[i], `w2[${i + 1}]·dz2`, () => `${signed(here()[2].w[i])}·${dz2()}`);
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

    isVisible(number) {
      return number.from <= this.taken;
    }

    // Whether the formula taken last has made it.
    isFresh(number) {
      if (this.after) return number.isChosen && number.symbols !== null;
      return this.taken > 0 && number.from === this.taken;
    }

    shown(number) {
      return (number.isChosen ? short : long)(number.value());
    }

    // z2 = w2[1]·a1[1] + … = 1·0.549834 + … = −0.099051
    formula(number) {
      const put = number.put();
      if (put === null) return `${number.name} = ${this.shown(number)}`;
      return `${number.name} ${number.isChosen ? '←' : '='} ${number.symbols} = ${put} = ${this.shown(number)}`;
    }

    // What the formula taken last has done, in a sentence.
    get story() {
      if (!this.taken) return 'Before the first formula.';
      const [names, words] = FORMULAS[this.taken - 1];
      if (this.after) return `Update: ${words}. J was ${long(this.pass.J)} and is ${long(this.after.J)}.`;
      const values = this.numbers.filter(number => number.from === this.taken);
      return `${names.replace(' ', ' and ')}: ${words}. ${values.map(number => `${number.name} = ${this.shown(number)}`).join(', ')}.`;
    }

    get position() {
      return this.taken ? `formula ${this.taken} of ${UPDATE}` : 'before the first formula';
    }

    // J once it is known, and J after the step.
    get costs() {
      return [this.taken >= order('J') ? long(this.pass.J) : '—', this.after ? long(this.after.J) : '—'];
    }

    // The rest are the ways on and back; false where there is none.
    next(rate) {
      this.nextPass();
      if (this.taken + 1 === UPDATE) return this.update(rate);
      this.taken += 1;
      return true;
    }

    whole(rate) {
      this.nextPass();
      return this.update(rate);
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

    back() {
      if (this.taken === 0) return false;
      if (this.taken === 1 && this.rates.length) {
        // The numbers of the pass before, and its update once more.
        this.module.inside_back();
        this.pass = this.read();
        return this.update(this.rates.pop());
      }
      if (this.after) {
        this.module.inside_back();
        this.rates.pop();
        this.after = null;
      }
      this.taken -= 1;
      return true;
    }
  }

  return WorkedExample;
})();
