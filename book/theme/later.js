// What a reader can wait for: colours in code, and the search. They come when
// the page is there and its live figures stand.

(() => {
  const figures = [...document.querySelectorAll('live-figure')];
  const stand = () => figures.every(({ dataset }) => ['ready', 'failed'].includes(dataset.state));

  // When nothing else is to do: what a reader does goes before.
  const idly = window.requestIdleCallback ?? (work => setTimeout(work, 50));

  // A block at a time.
  const colour = () => {
    const blocks = [...document.querySelectorAll('main pre > code[class*="language-"]')];
    const next = () => {
      const block = blocks.shift();
      if (!block) return;
      hljs.highlightBlock(block);
      window.colourSymbols(block);
      if (block.matches('.language-sh')) window.keepWords(block);
      idly(next);
    };
    idly(next);
  };

  // The numbers on the axes of a drawing are no text to show among what was found;
  // the book has marked where a drawing begins and ends.
  const leaveDrawingsOut = () => {
    const { Index } = elasticlunr;
    const { load } = Index;
    Index.load = index => {
      for (const found of Object.values(index.documentStore.docs)) {
        found.body = found.body.replace(/\uE000[^\uE001]*\uE001/g, ' ');
      }
      return load.call(Index, index);
    };
  };

  const fetchThem = () => {
    const scripts = later.map(src => Object.assign(document.createElement('script'), { src, async: false }));
    scripts[0].addEventListener('load', colour);
    scripts[1]?.addEventListener('load', leaveDrawingsOut);
    document.body.append(...scripts);
  };

  // A figure that does not come is not waited for longer than this.
  const PATIENCE = 10_000; // ms
  const wait = () => (stand() || performance.now() > PATIENCE ? fetchThem() : setTimeout(wait, 100));
  window.addEventListener('load', wait);
})();
