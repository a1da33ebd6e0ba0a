// Links that hold the state of a figure: behind the # of the page's address,
// which a browser sends to nobody.

(() => {
  // #live-descent?width=25&rate=0.3 for the figure descent.
  const prefix = name => `#live-${name}?`;

  // The state that the present address holds for a figure, in words; or null.
  Live.linked = name => {
    if (!location.hash.startsWith(prefix(name))) return null;
    return Object.fromEntries(new URLSearchParams(location.hash.slice(prefix(name).length)));
  };

  // Opens a figure in the state that the address holds, or in the book's:
  // restore(state) sets it up and returns the work that is ahead; opened(words),
  // told which of the two it is, draws what has come of it.
  Live.open = async (name, book, restore, opened) => {
    const linked = Live.linked(name);
    await Live.ahead(restore(linked ?? book));
    opened(linked ? 'The state of the link' : 'The run of the book');
  };

  // A button that makes the address one of the state as it is.
  Live.link = (panel, name, state) => panel.button('link', 'Link to this state', async () => {
    history.replaceState(history.state, '', `${prefix(name)}${new URLSearchParams(state())}`);
    const said = 'The address of this page now leads to what you see here';
    // Not every browser hands its clipboard to a page.
    const copied = await Promise.resolve(navigator.clipboard?.writeText(location.href)).then(() => Boolean(navigator.clipboard), () => false);
    panel.say(copied ? `${said}; it is copied.` : `${said}.`);
  });

  // A state in words is what somebody has typed: numbers are taken where they
  // have a meaning, and are those of the book elsewhere.
  Live.stated = (state, book) => {
    const words = { ...book, ...state };
    return {
      words: key => words[key],
      number: (key, { min, max, step = 1 }) => {
        const value = Number(words[key]);
        const good = words[key] !== '' && value >= min && value <= max && Math.abs(value / step - Math.round(value / step)) < 1e-6;
        return good ? value : Number(book[key]);
      },
      among: (key, values) => values.find(value => String(value) === words[key]) ?? book[key],
    };
  };

  // What was changed in the course of a run, and before which step:
  // [step, what, ...numbers], written as 600*rate*0.1_700*move*3*0.5*−20.
  Live.Changes = class {
    constructor(words = '') {
      const parts = words.split('_').filter(Boolean).map(part => part.split('*'));
      this.list = parts
        .map(([step, what, ...numbers]) => [Number(step), what, ...numbers.map(Number)])
        .filter(([step, , ...numbers]) => Number.isInteger(step) && step >= 0 && numbers.every(Number.isFinite));
      this.list.sort((a, b) => a[0] - b[0]);
    }

    // Of two changes of one thing before one step the later counts; the first
    // `same` of its numbers say which thing.
    add(step, what, numbers, same = 0) {
      const isOther = change => !(change[0] === step && change[1] === what && numbers.slice(0, same).every((number, i) => change[2 + i] === number));
      this.list = this.list.filter(isOther);
      this.list.push([step, what, ...numbers]);
    }

    before(step) {
      return this.list.filter(change => change[0] === step);
    }

    toString() {
      return this.list.map(change => change.join('*')).join('_');
    }
  };
})();
