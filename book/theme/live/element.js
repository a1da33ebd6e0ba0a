// <live-figure name="mask">: a figure of the book that can be touched.
//
// What it holds in the page is a drawing with a caption, and words on what to
// try. Without scripts, on paper, or should anything fail, that is what stands
// there (and the style sheet hides the words). With them the drawing gives way.

customElements.define('live-figure', class extends HTMLElement {
  async connectedCallback() {
    // The scripts may be here before what the element holds.
    if (document.readyState === 'loading') await new Promise(go => document.addEventListener('DOMContentLoaded', go));
    const build = Live.figures.get(this.getAttribute('name'));
    const figure = this.querySelector('figure');
    const still = figure?.querySelector('svg');
    if (!build || !still || this.dataset.state) return;
    // The page that is the whole book, for printing, keeps its drawings.
    if (location.pathname.endsWith('/print.html')) return;
    this.dataset.state = 'loading';
    try {
      const module = await Live.instantiate();
      const panel = new Live.Panel();
      const stage = Live.draw.svg('svg', { role: 'img', class: 'live-stage' });
      const frame = document.createElement('div');
      frame.className = 'live';
      frame.append(panel.controls, stage, panel.readings, panel.status);
      // Elsewhere the arrows turn the page, and letters open the search.
      frame.addEventListener('keydown', event => event.stopPropagation());
      figure.prepend(frame);
      this.dataset.state = 'building'; // it has its width from here on
      await build({ module, panel, stage, element: this, settings: this.dataset });
      still.classList.add('live-still');
      this.dataset.state = 'ready';
      // Whoever follows a link to a state wants to see it.
      if (Live.linked(this.getAttribute('name'))) this.scrollIntoView();
    } catch (error) {
      this.dataset.state = 'failed';
      figure.querySelector('.live')?.remove();
      console.error(error);
    }
  }
});
