// Letters of formulas become mathematical ones when their font is there
// (math.css). One that cannot be had leaves them as they are.

if (document.querySelector('math')) {
  document.fonts.load('1em "STIX Two Math"').then(() => document.documentElement.classList.add('has-math'), () => {});
}
