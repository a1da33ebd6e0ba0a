// The core crate as a WebAssembly module, and the weights of a chapter.

(() => {
  // The module, and the weights where a chapter has any, are scripts of one line
  // each, which run before this one and put the bytes into `liveFiles`, zipped: a
  // browser keeps them for the next page, and a script, unlike any other file, is
  // also read from a folder.
  const unzipped = name => {
    const text = atob(window.liveFiles[name]);
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')), { headers: { 'content-type': 'application/wasm' } });
  };

  let compiled;
  let weights;

  // Compiled once, while it is unpacked.
  const compile = () => {
    compiled ??= (async () => {
      if (window.liveFiles.weights) weights = new Uint8Array(await unzipped('weights').arrayBuffer());
      return WebAssembly.compileStreaming(unzipped('module'));
    })();
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

  // The weights that the chapter's program has written; there once an instance is.
  Live.weights = () => weights;
})();
