// Fails when the JavaScript of the first page outgrows its budget.
import { readdir, readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

const budgetBytes = 90_000;
const assets = new URL('../dist/assets/', import.meta.url);
const names = (await readdir(assets)).filter((name) => name.endsWith('.js'));
const sizes = await Promise.all(
  names.map(async (name) => ({ name, bytes: gzipSync(await readFile(new URL(name, assets)), { level: 9 }).length })),
);
const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
for (const { name, bytes } of sizes) console.log(`${(bytes / 1000).toFixed(1).padStart(7)} kB gz  ${name}`);
console.log(`${(total / 1000).toFixed(1).padStart(7)} kB gz  of at most ${budgetBytes / 1000} kB`);
if (total > budgetBytes) process.exit(1);
