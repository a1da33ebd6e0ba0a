// Live figures: the name they share, and the list of them.
//
// Every file here is a plain script with one idea. A figure is a file of
// figures/; it draws, asks and tells, and has every number from the module.

const Live = { figures: new Map() };

// build({ module, panel, stage, settings }) makes a figure in the page.
Live.figure = (name, build) => Live.figures.set(name, build);
