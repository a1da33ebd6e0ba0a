// A live figure's drawing as a file: the one that stands in the page without
// scripts, and on a forge. Colours are written into it, those of the light
// theme; inside the book the style sheet has the last word.

// Runs in the page.
export const drawing = stage => {
  const SHOWN = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'font-size', 'font-style'];
  const PLAIN = { stroke: 'none', 'stroke-width': '1px', 'stroke-dasharray': 'none', 'font-style': 'normal' };
  // The grey of the letters in all drawings of the book, for any ground.
  const LETTERS = '#80858A';

  const paint = (name, value) => {
    const numbers = value.match(/[\d.]+/g)?.map(Number);
    if (!/^(rgb|color)/.test(value) || !numbers) return { [name]: value.replace(/px/g, '') };
    const whole = value.startsWith('rgb') ? 1 : 255;
    const hex = numbers.slice(0, 3).map(part => Math.round(part * whole).toString(16).padStart(2, '0'));
    const opacity = numbers[3] === undefined ? {} : { [`${name}-opacity`]: String(Number(numbers[3].toFixed(2))) };
    return { [name]: `#${hex.join('')}`, ...opacity };
  };

  // What a reader does with it, or a test reads, is not of the drawing.
  const isOfTheDrawing = name => !/^(role|tabindex|aria-|data-)/.test(name);
  const isSeen = element => {
    if (element.classList.contains('handle') || (element.localName === 'g' && !element.children.length)) return false;
    const { visibility, fill, stroke } = getComputedStyle(element);
    return visibility !== 'hidden' && (fill !== 'rgba(0, 0, 0, 0)' || stroke !== 'none');
  };

  const write = (element, depth) => {
    const style = getComputedStyle(element);
    const text = element.localName === 'text';
    const painted = {};
    if (!element.children.length) {
      for (const name of SHOWN) {
        const value = style.getPropertyValue(name);
        if (value === PLAIN[name] || (name.startsWith('font') && !text)) continue;
        Object.assign(painted, paint(name, value));
      }
      if (painted.stroke === undefined) delete painted['stroke-width'];
      if (text) Object.assign(painted, { fill: LETTERS, 'font-family': 'serif' });
    }
    const own = Object.fromEntries([...element.attributes].filter(({ name }) => isOfTheDrawing(name)).map(({ name, value }) => [name, value]));
    const attributes = Object.entries({ ...own, ...painted }).map(([name, value]) => ` ${name}="${value.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;')}"`);
    const indent = ' '.repeat(depth);
    const open = `${indent}<${element.localName}${attributes.join('')}`;
    if (text) return `${open}>${element.textContent.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</text>`;
    if (!element.children.length) return `${open}/>`;
    return `${open}>\n${[...element.children].filter(isSeen).map(child => write(child, depth + 1)).join('\n')}\n${indent}</${element.localName}>`;
  };

  stage.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  return `${write(stage, 0)}\n`;
};
