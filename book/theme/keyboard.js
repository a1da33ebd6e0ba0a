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

  // The sidebar's switch is a label, for readers without scripts; one cannot
  // reach it by Tab. With scripts a button takes its place, before mdBook's
  // script looks for it.
  const label = document.getElementById('mdbook-sidebar-toggle');
  const box = document.getElementById('mdbook-sidebar-toggle-anchor');
  if (label && box) {
    const button = Object.assign(document.createElement('button'), { id: label.id, className: label.className, type: 'button', title: label.title });
    button.setAttribute('aria-label', label.title);
    button.setAttribute('aria-controls', 'mdbook-sidebar');
    button.setAttribute('aria-expanded', String(box.checked));
    button.append(...label.childNodes);
    label.replaceWith(button);
    // When everybody else has heard of the click.
    button.addEventListener('click', () => setTimeout(() => box.click()));
  }

  // A sidebar that is out of sight is so for everybody.
  document.getElementById('mdbook-sidebar').setAttribute('aria-hidden', String(!box.checked));
  for (const link of document.querySelectorAll('#mdbook-sidebar a')) link.tabIndex = box.checked ? 0 : -1;
})();
