// Fails when the JavaScript of the first page, or all of it, outgrows its budget.
import { readdir, readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

const firstPageBytes = 90_000;
const allBytes = 150_000;
const dist = new URL('../dist/', import.meta.url);
const assets = new URL('assets/', dist);
const index = await readFile(new URL('index.html', dist), 'utf8');
const names = (await readdir(assets)).filter((name) => name.endsWith('.js'));
const texts = new Map(await Promise.all(names.map(async (name) => [name, await readFile(new URL(name, assets), 'utf8')])));

// What the page names, and what that takes in by itself; import() is a page that comes later.
const first = new Set(names.filter((name) => index.includes(`assets/${name}`)));
for (const name of first) {
  for (const [, other] of texts.get(name).matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)) first.add(other);
}
if (first.size === 0) throw new Error('index.html names no script.');

const sizes = new Map(names.map((name) => [name, gzipSync(texts.get(name), { level: 9 }).length]));
const sum = (chosen) => [...chosen].reduce((total, name) => total + sizes.get(name), 0);
const kilo = (bytes) => `${(bytes / 1000).toFixed(1).padStart(7)} kB gz`;
for (const [name, bytes] of sizes) console.log(`${kilo(bytes)}  ${name}${first.has(name) ? '' : ' (later)'}`);
console.log(`${kilo(sum(first))}  on the first page, of at most ${firstPageBytes / 1000} kB`);
console.log(`${kilo(sum(names))}  in all, of at most ${allBytes / 1000} kB`);
if (sum(first) > firstPageBytes || sum(names) > allBytes) process.exit(1);
