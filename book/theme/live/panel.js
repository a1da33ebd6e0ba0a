// Controls and readings: the browser's own, so that keyboard, touch and screen
// reader work as everywhere. `name` is what the tests call a thing by.

(() => {
  const SUPERSCRIPTS = Object.fromEntries(Array.from('−0123456789', (letter, i) => [letter, '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'[i]]));

  let count = 0;

  const make = (name, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };

  Live.Panel = class {
    constructor() {
      this.controls = make('div', { className: 'live-controls' });
      this.readings = make('dl', { className: 'live-readings' });
      this.status = make('p', { className: 'live-status' });
      this.status.setAttribute('role', 'status');
    }

    // A control with its label; changed(value) is called with its new value.
    add(control, name, label, event, changed, shown = null) {
      control.id = `live-${name}-${(count += 1)}`;
      control.dataset.control = name;
      control.addEventListener(event, () => changed(control));
      const parts = [make('label', { htmlFor: control.id }, label), control];
      if (shown) parts.push(shown);
      this.controls.append(make('div', { className: 'live-control' }, ...parts));
      return control;
    }

    // A slider. show(value) is what stands beside it and what is read out.
    range(name, label, { min, max, step, value, show = String }, changed) {
      const shown = make('output');
      const input = make('input', { type: 'range', min, max, step });
      const tell = () => {
        shown.value = show(input.valueAsNumber);
        input.setAttribute('aria-valuetext', shown.value);
      };
      this.add(input, name, label, 'input', () => {
        tell();
        changed(input.valueAsNumber);
      }, shown);
      shown.htmlFor = input.id;
      return handle(input, () => input.valueAsNumber, tell, value);
    }

    // A choice among options, { text, value } each.
    select(name, label, { options, value }, changed) {
      const list = options.map(option => new Option(option.text, option.value));
      const select = this.add(make('select', {}, ...list), name, label, 'change', () => changed(select.value));
      return handle(select, () => select.value, () => {}, value);
    }

    // A whole number to type in; anything else is refused with a word, and the
    // last good one is back.
    whole(name, label, { min, max, value }, changed) {
      const input = make('input', { type: 'number', min, max, step: 1, inputMode: 'numeric', required: true });
      let last = value;
      this.add(input, name, label, 'change', () => {
        if (!input.checkValidity()) {
          input.value = last;
          return this.say(`${label}: a whole number from ${min} to ${max} is needed; it is still ${last}.`);
        }
        last = input.valueAsNumber;
        changed(last);
      });
      return handle(input, () => last, () => (last = input.valueAsNumber), value);
    }

    checkbox(name, label, { value }, changed) {
      const input = this.add(make('input', { type: 'checkbox' }), name, label, 'change', () => changed(input.checked));
      input.checked = value;
      return {
        element: input,
        get value() { return input.checked; },
        set value(on) { input.checked = on; },
      };
    }

    // Buttons stand in a row of their own. A button that says something else now
    // and then is as wide as the wider of the two.
    button(name, label, act, other = null) {
      if (!this.row) this.controls.append((this.row = make('div', { className: 'live-buttons' })));
      const button = make('button', { type: 'button', textContent: label });
      button.dataset.control = name;
      if (other) button.dataset.other = [label, other].reduce((a, b) => (a.length > b.length ? a : b));
      button.addEventListener('click', () => act());
      this.row.append(button);
      return button;
    }

    // A number that the figure shows: reading.value = 'text'. It stands in a
    // cell whose width does not depend on it; `wide` is a row of its own.
    reading(name, label, { wide = false } = {}) {
      const value = make('dd');
      value.dataset.reading = name;
      this.readings.append(make('div', { className: wide ? 'wide' : '' }, make('dt', { textContent: label }), value));
      return {
        get value() { return value.textContent; },
        set value(text) { if (value.textContent !== text) value.textContent = text; },
      };
    }

    // Says what has changed, to those who see it and those who do not. What
    // changes all the time is in the readings.
    say(words) {
      this.status.textContent = words;
    }
  };

  // What a figure holds of a control: a value to read, and to set.
  const handle = (element, read, settle, value) => {
    const held = {
      element,
      get value() { return read(); },
      set value(to) {
        element.value = to;
        settle();
      },
    };
    held.value = value;
    return held;
  };

  // Six digits, as all readings show them; a dash where there is no number, and
  // no digits of what only rounding has left.
  Live.digits = (value, digits = 6) => {
    if (!Number.isFinite(value)) return '—';
    if (value !== 0 && Math.abs(value) < 1e-9) return '≈ 0';
    const [number, power] = String(Number(value.toPrecision(digits))).replaceAll('-', '−').split('e');
    if (power === undefined) return number;
    return `${number} × 10${Array.from(power.replace('+', ''), letter => SUPERSCRIPTS[letter]).join('')}`;
  };

  // With so many decimals, and a minus that is one.
  Live.fixed = (value, decimals) => value.toFixed(decimals).replace('-', '−');
})();
