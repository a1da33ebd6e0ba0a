// Work that goes on from frame to frame, and never holds the page up.

(() => {
  // The share of a frame (16.7 ms at 60 a second) that work may take.
  const BUDGET = 8; // ms
  const SLICE = 30; // ms

  // Works until `most` pieces are done, the time is up, or work() says no;
  // returns whether there may be more. A single piece is always done.
  Live.workFor = (budget, now, most, work) => {
    const end = now() + budget;
    for (let done = 0; done < most; done += 1) {
      if (!work()) return false;
      if (now() >= end) break;
    }
    return true;
  };

  // Work before a figure is shown, in slices that leave the page to its reader.
  Live.ahead = async work => {
    while (Live.workFor(SLICE, () => performance.now(), Infinity, work)) await new Promise(done => setTimeout(done));
  };

  Live.wantsStillness = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

  // A clock for one figure. show() draws, ended() tells that the work is over.
  Live.Clock = class {
    constructor(element, { show, ended }) {
      Object.assign(this, { show, ended, handle: null });
      const stop = () => this.stop();
      // Nothing goes on that nobody can see.
      document.addEventListener('visibilitychange', () => document.hidden && stop());
      window.addEventListener('pagehide', stop);
      new IntersectionObserver(([entry]) => entry.isIntersecting || stop()).observe(element);
    }

    get runs() {
      return this.handle !== null;
    }

    // perFrame() says how many pieces a frame may do; work() does one, and
    // returns whether there is another. The first are done at once, so that what
    // a press asks for does not wait for a frame. For a reader who asked for
    // stillness only the end is drawn.
    start(work, perFrame = () => Infinity) {
      this.stop();
      const frame = () => {
        const more = Live.workFor(BUDGET, () => performance.now(), perFrame(), work);
        this.handle = more ? requestAnimationFrame(frame) : null;
        if (!more || !Live.wantsStillness()) this.show();
        if (!more) this.ended();
      };
      frame();
    }

    stop() {
      if (!this.runs) return;
      cancelAnimationFrame(this.handle);
      this.handle = null;
      this.show();
      this.ended();
    }
  };
})();
