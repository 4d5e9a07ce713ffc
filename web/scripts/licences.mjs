// Writes dist/licences.txt: the licence of everything that ends up in the built dashboard.
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';

const modules = new URL('../node_modules/', import.meta.url);
const read = async (name) => JSON.parse(await readFile(new URL(`${name}/package.json`, modules), 'utf8'));
const own = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));

// What the bundle holds: the dependencies and theirs, but for Svelte, whose own are its compiler's.
const wanted = Object.keys(own.dependencies);
const parts = [];
for (let i = 0; i < wanted.length; i++) {
  const name = wanted[i];
  const folder = new URL(`${name}/`, modules);
  if (!existsSync(folder)) throw new Error(`${name} is not installed.`);
  const { version, license, dependencies = {} } = await read(name);
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) throw new Error(`${name} has no licence text.`);
  parts.push(`${name} ${version} (${license})\n\n${(await readFile(new URL(file, folder), 'utf8')).trim()}\n`);
  if (name !== 'svelte') wanted.push(...Object.keys(dependencies).filter((dependency) => !wanted.includes(dependency)));
}
const text = `The dashboard of Ripen contains:\n\n${parts.join(`\n${'-'.repeat(80)}\n\n`)}`;
await writeFile(new URL('../dist/licences.txt', import.meta.url), text);
console.log(`licences.txt: ${wanted.join(', ')}`);
