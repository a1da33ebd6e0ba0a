// What mdBook's own frame leaves out for readers without a mouse.

(() => {
  // Code, formulas and tables that are wider than the page scroll in their own
  // boxes; a box can be scrolled by keyboard only if it can take the focus.
  const boxes = document.querySelectorAll('main pre > code, main math[display="block"], main .table-wrapper');

  const letWideOnesTakeFocus = () => {
    for (const box of boxes) {
      if (box.scrollWidth > box.clientWidth) {
        box.setAttribute('tabindex', '0');
      } else {
        box.removeAttribute('tabindex');
      }
    }
  };

  for (const box of boxes) {
    // Elsewhere the arrows turn the page; inside a box they scroll it.
    box.addEventListener('keydown', event => {
      if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
        event.stopPropagation();
      }
    });
  }

  letWideOnesTakeFocus();
  window.addEventListener('resize', letWideOnesTakeFocus);
  // Widths change once more when the fonts are there.
  document.fonts?.ready.then(letWideOnesTakeFocus);

  // The sidebar's switch is a label, which neither takes the focus nor may carry
  // the attributes that mdBook sets on it.
  const toggle = document.getElementById('mdbook-sidebar-toggle');
  if (toggle) {
    toggle.setAttribute('role', 'button');
    toggle.setAttribute('tabindex', '0');
    toggle.addEventListener('keydown', event => {
      if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        toggle.click();
      }
    });
  }

  // Without a landmark a screen reader finds the bar's title and buttons nowhere.
  document.getElementById('mdbook-menu-bar')?.setAttribute('role', 'banner');
})();
