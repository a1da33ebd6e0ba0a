// NumPy or Rust: a switch above two listings, where they have no room to stand
// side by side. All of them turn together, and the choice is kept.

(() => {
  const KEY = 'chainrule-language';
  const FIRST = 'Rust';
  const pairs = [...document.querySelectorAll('.pair')];

  const kept = () => {
    try {
      return localStorage.getItem(KEY) ?? FIRST;
    } catch {
      return FIRST;
    }
  };

  const show = language => {
    for (const pair of pairs) {
      for (const tab of pair.querySelectorAll('[role="tab"]')) {
        const chosen = tab.textContent === language;
        tab.setAttribute('aria-selected', String(chosen));
        tab.tabIndex = chosen ? 0 : -1;
        document.getElementById(tab.getAttribute('aria-controls')).hidden = !chosen;
      }
    }
  };

  // The pair that was turned stays where it is, however long those above are.
  const choose = tab => {
    const before = tab.getBoundingClientRect().top;
    show(tab.textContent);
    scrollBy({ top: tab.getBoundingClientRect().top - before, behavior: 'instant' });
    try {
      localStorage.setItem(KEY, tab.textContent);
    } catch { /* a page without storage forgets */ }
  };

  pairs.forEach((pair, number) => {
    const tabs = document.createElement('div');
    tabs.className = 'switch';
    tabs.setAttribute('role', 'tablist');
    tabs.setAttribute('aria-label', 'The language of the code');
    pair.querySelectorAll('.pair-item').forEach((item, i) => {
      const tab = Object.assign(document.createElement('button'), { type: 'button', textContent: item.querySelector('.pair-label').textContent, id: `tab-${number}-${i}` });
      tab.setAttribute('role', 'tab');
      tab.setAttribute('aria-controls', (item.id = `language-${number}-${i}`));
      tab.addEventListener('click', () => choose(tab));
      item.setAttribute('role', 'tabpanel');
      item.setAttribute('aria-labelledby', tab.id);
      tabs.append(tab);
    });
    // Elsewhere the arrows turn the page.
    tabs.addEventListener('keydown', event => {
      if (!['ArrowLeft', 'ArrowRight'].includes(event.key)) return;
      event.stopPropagation();
      const other = [...tabs.children].find(tab => tab.getAttribute('aria-selected') === 'false');
      choose(other);
      other.focus();
    });
    pair.prepend(tabs);
  });
  if (pairs.length) show(kept());
})();
