// The core crate as a WebAssembly module, which the page brings with it.

(() => {
  let compiled;

  // The book writes the module into each page that needs it, so that it is
  // there without a server too. It is compiled once.
  const compile = () => {
    compiled ??= (async () => {
      const text = document.getElementById('live-module').textContent;
      const bytes = Uint8Array.from(atob(text.trim()), letter => letter.charCodeAt(0));
      return WebAssembly.compile(bytes);
    })();
    return compiled;
  };

  // An instance of its own for each figure: its functions, and `read`, which
  // returns the numbers that a function such as mask_kept() has answered with.
  Live.instantiate = async () => {
    const { exports } = await WebAssembly.instantiate(await compile());
    return {
      ...exports,
      // Seen anew each time, and copied: memory that grows moves.
      read: count => new Float64Array(exports.memory.buffer, exports.numbers(), count).slice(),
    };
  };
})();
