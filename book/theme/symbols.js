// In code that is the network's, the symbols of the formulas have the colours of
// the formulas: `dz` of the program is the dz of the page.

window.colourSymbols = (() => {
  const NETWORK = /\/(plain|forward|backward|update|network)\.html/;
  const SYMBOL = /(?<![\w'"])(?:(w)|(z)|(a|masked_a)|(d[wbza])|(masks?))\d?(?![\w'"(])/g;
  const NAMES = ['w', 'z', 'a', 'dz', 'mask'];

  const letters = block => {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const within = walker.currentNode.parentElement.className;
      if (!/comment|string/.test(within)) found.push(walker.currentNode);
    }
    return found;
  };

  const coloured = text => {
    const parts = document.createDocumentFragment();
    let from = 0;
    for (const found of text.matchAll(SYMBOL)) {
      const name = NAMES[found.slice(1).findIndex(group => group)];
      const symbol = Object.assign(document.createElement('span'), { className: `symbol-${name}`, textContent: found[0] });
      parts.append(text.slice(from, found.index), symbol);
      from = found.index + found[0].length;
    }
    parts.append(text.slice(from));
    return parts;
  };

  // Where the code is from stands beside it.
  return block => {
    const source = block.closest('.listing')?.querySelector('.where a')?.href ?? '';
    if (!NETWORK.test(source)) return;
    for (const node of letters(block)) node.replaceWith(coloured(node.data));
  };
})();
