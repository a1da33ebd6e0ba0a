// What stands under the pointer, and samples that the pointer moves. Both by
// keyboard too: a plot takes the focus as a slider does.

(() => {
  const { svg, set, text, at } = Live.draw;
  const NEAR = { mouse: 10, pen: 14, touch: 22 }; // how near to a sample is on it

  const clamp = (value, low, high) => Math.max(low, Math.min(high, value));

  // Where an event is, in units of the drawing.
  Live.where = (stage, { clientX, clientY }) => {
    const seen = new DOMPoint(clientX, clientY).matrixTransform(stage.getScreenCTM().inverse());
    return [seen.x, seen.y];
  };

  // A cross-hair over a plot that has values at `count()` places:
  // place(i) is where on its x-axis the i-th is, in units of the drawing, and
  // tell(i) is { words, dots: [[class, y], …] }. The words take the place of the
  // name of the y-axis.
  Live.probe = (stage, made, name, { count, place, tell }) => {
    const [[left, right], [bottom, top]] = [made.x, made.y];
    const group = svg('g', { class: 'probe', visibility: 'hidden' }, made.group);
    const hair = svg('line', { class: 'hair', y1: top, y2: bottom }, group);
    const dots = svg('g', {}, group);
    const words = text(group, left, top - 10, '');
    const sheet = svg('rect', { class: 'plane', x: left, y: top, width: right - left, height: bottom - top, tabindex: 0, role: 'slider', 'aria-label': name, 'aria-valuemin': 0 }, made.group);
    let shown = null; // the place that is told of
    let last = 0;

    const refresh = () => {
      const most = count() - 1;
      last = clamp(last, 0, Math.max(most, 0));
      if (shown !== null) shown = most < 0 ? null : Math.min(shown, most);
      made.group.classList.toggle('probing', shown !== null);
      set(group, { visibility: shown === null ? 'hidden' : 'visible' });
      const told = most < 0 ? { words: 'nothing yet', dots: [] } : tell(shown ?? last);
      set(sheet, { 'aria-valuemax': Math.max(most, 0), 'aria-valuenow': shown ?? last, 'aria-valuetext': told.words });
      if (shown === null) return;
      const x = place(shown);
      set(hair, { x1: x, x2: x });
      words.textContent = told.words;
      dots.replaceChildren(...told.dots.filter(([, y]) => Number.isFinite(y)).map(([kind, y]) => svg('circle', { class: kind, cx: x, cy: at(clamp(y, top, bottom)), r: 4 })));
    };

    const show = i => {
      shown = i;
      if (i !== null) last = i;
      refresh();
    };

    // The places stand from left to right.
    const nearest = x => {
      let [low, high] = [0, count() - 1];
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (place(middle) < x) low = middle;
        else high = middle;
      }
      return Math.abs(place(low) - x) <= Math.abs(place(high) - x) ? low : high;
    };

    const point = event => count() > 0 && show(nearest(Live.where(stage, event)[0]));
    sheet.addEventListener('pointermove', point);
    sheet.addEventListener('pointerdown', point);
    sheet.addEventListener('pointerleave', () => show(null));
    sheet.addEventListener('focus', () => sheet.matches(':focus-visible') && count() > 0 && show(last));
    sheet.addEventListener('blur', () => show(null));
    sheet.addEventListener('keydown', event => {
      const most = count() - 1;
      const leap = Math.max(1, Math.round(most / 10));
      const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: leap, PageDown: -leap, Home: -Infinity, End: Infinity }[event.key];
      if (by === undefined || most < 0) return;
      event.preventDefault();
      show(clamp(last + by, 0, most));
    });
    refresh();
    return { refresh, hide: () => show(null), sheet };
  };

  // Samples of a plot that can be moved, one of which is held: places() is where
  // they are, in units of the drawing; label(i) says which and where one is;
  // hold(i) chooses one; move(i, [x, y]) puts it there, in units, and nudge(i,
  // [right, up]) moves it by steps of the keyboard; settled(i) ends a move.
  Live.samples = (stage, made, probe, { places, label, held, hold, move, nudge, settled }) => {
    const handle = svg('circle', { class: 'handle', r: 9, tabindex: 0, role: 'application' }, made.group);
    const { sheet } = probe;

    const under = event => {
      const [x, y] = Live.where(stage, event);
      const distances = places().map(([a, b]) => Math.hypot(a - x, b - y));
      const nearest = distances.indexOf(Math.min(...distances));
      return distances[nearest] <= (NEAR[event.pointerType] ?? NEAR.touch) ? nearest : null;
    };

    const refresh = () => {
      const [cx, cy] = places()[held()];
      set(handle, { cx: at(cx), cy: at(cy), 'aria-label': `${label(held())} The arrow keys move it.` });
    };

    const drag = event => {
      const i = event.button === 0 && event.isPrimary ? under(event) : null;
      if (i === null) return;
      event.preventDefault();
      probe.hide();
      hold(i);
      sheet.setPointerCapture(event.pointerId);
      const follow = event => {
        event.stopImmediatePropagation(); // no cross-hair meanwhile
        move(i, Live.where(stage, event));
      };
      const release = () => {
        sheet.removeEventListener('pointermove', follow, true);
        for (const type of ['pointerup', 'pointercancel']) sheet.removeEventListener(type, release);
        handle.focus({ preventScroll: true });
        settled(i);
      };
      sheet.addEventListener('pointermove', follow, true);
      for (const type of ['pointerup', 'pointercancel']) sheet.addEventListener(type, release);
    };

    sheet.addEventListener('pointerdown', drag);
    sheet.addEventListener('pointermove', event => sheet.classList.toggle('on-sample', under(event) !== null));
    // A finger on a sample moves the sample, not the page.
    sheet.addEventListener('touchstart', event => {
      const [{ clientX, clientY }] = event.changedTouches;
      if (under({ clientX, clientY, pointerType: 'touch' }) !== null) event.preventDefault();
    }, { passive: false });
    handle.addEventListener('keydown', event => {
      const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] }[event.key];
      if (!by) return;
      event.preventDefault();
      nudge(held(), by);
      settled(held());
    });
    refresh();
    return { refresh, handle };
  };
})();
