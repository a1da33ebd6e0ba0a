// The core crate as a WebAssembly module, which the page brings with it.

(() => {
  let compiled;

  // The book writes the module, and weights where a chapter has any, into each
  // page that needs them, so that they are there without a server too.
  const bytes = id => {
    const text = document.getElementById(id).textContent;
    return Uint8Array.from(atob(text.trim()), letter => letter.charCodeAt(0));
  };

  // It is compiled once.
  const compile = () => {
    compiled ??= (async () => WebAssembly.compile(bytes('live-module')))();
    return compiled;
  };

  // An instance of its own for each figure: its functions; `read`, which
  // returns the numbers that a function such as mask_kept() has answered with;
  // and `write`, which puts bytes at a place that a function has made room at.
  Live.instantiate = async () => {
    const { exports } = await WebAssembly.instantiate(await compile());
    return {
      ...exports,
      // Seen anew each time, and copied: memory that grows moves.
      read: count => new Float64Array(exports.memory.buffer, exports.numbers(), count).slice(),
      write: (place, values) => new Uint8Array(exports.memory.buffer, place, values.length).set(values),
    };
  };

  // The weights that the chapter's program has written.
  Live.weights = () => bytes('live-weights');
})();
