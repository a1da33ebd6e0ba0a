// What a reader can wait for: colours in code, and the search. They come when
// the page is there and its live figures stand.

(() => {
  const figures = [...document.querySelectorAll('live-figure')];
  const stand = () => figures.every(({ dataset }) => ['ready', 'failed'].includes(dataset.state));

  // A block at a time, so that the page can be scrolled meanwhile.
  const colour = () => {
    const blocks = [...document.querySelectorAll('main pre > code[class*="language-"]')];
    const next = () => {
      const block = blocks.shift();
      if (!block) return;
      hljs.highlightBlock(block);
      setTimeout(next);
    };
    next();
  };

  const fetchThem = () => {
    const scripts = later.map(src => Object.assign(document.createElement('script'), { src, async: false }));
    scripts[0].addEventListener('load', colour);
    document.body.append(...scripts);
  };

  // A figure that does not come is not waited for longer than this.
  const PATIENCE = 10_000; // ms
  const wait = () => (stand() || performance.now() > PATIENCE ? fetchThem() : setTimeout(wait, 100));
  window.addEventListener('load', wait);
})();
