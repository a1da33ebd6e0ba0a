// Builds the book, and has the native crate write what the figures must show.

import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { EXPECTED, ROOT } from './places.js';

const run = (command, ...words) =>
  execFileSync(command, words, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 2 ** 28 });

run('mdbook', 'build');
mkdirSync(dirname(EXPECTED), { recursive: true });
writeFileSync(EXPECTED, run('cargo', 'run', '--quiet', '--locked', '--package', 'chainrule-live', '--example', 'expected'));
