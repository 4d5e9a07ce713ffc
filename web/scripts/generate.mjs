// Writes src/generated/: the types of the HTTP contract and the texts of the dashboard.
// Runs before build, check, lint and test, so nothing generated is ever committed or stale.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const root = new URL('../../', import.meta.url);
const target = new URL('../src/generated/', import.meta.url);

// What the dashboard takes from the catalogue; sentences about findings come from the program.
const taken = ['ui.', 'maturity.', 'pending.', 'provisional.', 'stage.', 'today.'];
// Of these, the texts of pages that are loaded when they are opened; they come with them.
const late = ['ui.engine.', 'ui.fairness.', 'ui.ranking.', 'ui.season.', 'ui.signs.', 'ui.then.'];
const isLate = (key) => late.some((prefix) => key.startsWith(prefix));

async function readTexts(language) {
  const catalogue = JSON.parse(await readFile(new URL(`i18n/${language}.json`, root), 'utf8'));
  return Object.fromEntries(Object.entries(catalogue).filter(([key]) => taken.some((prefix) => key.startsWith(prefix))));
}

/** The values a text needs: those of the outermost braces, {name} and {name, plural, ...}. */
function valuesOf(text) {
  const names = new Set();
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '{' && depth++ === 0) names.add(/^\w+/.exec(text.slice(i + 1))?.[0]);
    if (text[i] === '}') depth--;
  }
  return [...names].sort();
}

async function writeIfChanged(name, text) {
  const file = new URL(name, target);
  const before = await readFile(file, 'utf8').catch(() => '');
  if (before !== text) await writeFile(file, text);
}

await mkdir(target, { recursive: true });
const [en, de] = [await readTexts('en'), await readTexts('de')];
const values = Object.entries(en).map(([key, text]) => {
  const names = valuesOf(text);
  return `  ${JSON.stringify(key)}: ${names.length === 0 ? 'never' : names.map((name) => `'${name}'`).join(' | ')};`;
});
const origin = `// Generated from i18n/en.json and i18n/de.json.\n`;
const both = (type, chosen) =>
  [['en', en], ['de', de]]
    .map(([language, texts]) => `export const ${language}: ${type} = ${JSON.stringify(Object.fromEntries(Object.entries(texts).filter(([key]) => chosen(key))), null, 2)};\n`)
    .join('');
await writeIfChanged(
  'texts.ts',
  `${origin}/** The names of the values that each text needs. */\n` +
    `export interface TextValues {\n${values.join('\n')}\n}\n` +
    `/** The texts that come with the first page. */\n` +
    both('Partial<Record<keyof TextValues, string>>', (key) => !isLate(key)),
);
await writeIfChanged(
  'late_texts.ts',
  `${origin}import type { TextValues } from './texts';\n` + both('Partial<Record<keyof TextValues, string>>', isLate),
);
const schema = await openapiTS(new URL('api/openapi.yaml', root));
await writeIfChanged('schema.d.ts', `// Generated from api/openapi.yaml.\n${astToString(schema)}`);
