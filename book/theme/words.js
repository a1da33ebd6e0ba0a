// A line may end behind a hyphen, but not behind those of a flag.

window.keepWords = (() => {
  const WORD = /\S*-\S*/g;

  const keep = code => {
    if (!/(^|\s)-/.test(code.textContent)) return;
    const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
    const letters = [];
    while (walker.nextNode()) letters.push(walker.currentNode);
    for (const node of letters) {
      const parts = document.createDocumentFragment();
      let from = 0;
      for (const { 0: word, index } of node.data.matchAll(WORD)) {
        parts.append(node.data.slice(from, index), Object.assign(document.createElement('span'), { className: 'keep', textContent: word }));
        from = index + word.length;
      }
      parts.append(node.data.slice(from));
      node.replaceWith(parts);
    }
  };

  document.querySelectorAll('main :not(pre) > code, main .command').forEach(keep);
  return keep;
})();
