// The dashboard's labels, from the catalogue that mail and command line share.
import { de, en, type TextValues } from '../../generated/texts';

export type Language = 'en' | 'de';
export type TextKey = keyof TextValues;
export type Values = Record<string, string | number>;
type Arguments<K extends TextKey> = [TextValues[K]] extends [never]
  ? []
  : [values: Record<TextValues[K], string | number>];

type Catalogue = Partial<Record<TextKey, string>>;
const catalogues: Record<Language, Catalogue> = { en, de };

/** Takes in the texts of pages that are loaded when they are opened. */
export function addTexts(more: Record<Language, Catalogue>): void {
  Object.assign(catalogues.en, more.en);
  Object.assign(catalogues.de, more.de);
}

function textOf(key: TextKey, language: Language): string {
  const text = catalogues[language][key];
  if (text === undefined) throw new Error(`The text "${key}" has not been loaded.`);
  return text;
}

/** Where the brace that opens at `from` closes. */
function closing(text: string, from: number): number {
  let depth = 0;
  for (let i = from; i < text.length; i++) {
    if (text[i] === '{') depth++;
    else if (text[i] === '}' && --depth === 0) return i;
  }
  throw new Error(`The text "${text}" has a brace that does not close.`);
}

/** The branch of "=0 {none} one {# day} other {# days}" for a number. */
function branchOf(branches: string, n: number, language: Language): string {
  const found = new Map<string, string>();
  let at = 0;
  for (;;) {
    const open = branches.indexOf('{', at);
    if (open < 0) break;
    const close = closing(branches, open);
    found.set(branches.slice(at, open).trim(), branches.slice(open + 1, close));
    at = close + 1;
  }
  const branch = found.get(`=${n}`) ?? found.get(new Intl.PluralRules(language).select(n)) ?? found.get('other');
  if (branch === undefined) throw new Error(`"${branches}" has no branch "other".`);
  return branch.replaceAll('#', new Intl.NumberFormat(language === 'de' ? 'de-DE' : 'en-GB').format(n));
}

/** Puts the values into a text: {name}, and {n, plural, one {# day} other {# days}}. */
export function fill(text: string, values: Values, language: Language): string {
  let result = '';
  let at = 0;
  for (;;) {
    const open = text.indexOf('{', at);
    // German days end in a full stop of their own.
    if (open < 0) return (result + text.slice(at)).replace(/(?<!\.)\.\.(?!\.)/g, '.');
    const close = closing(text, open);
    const inside = text.slice(open + 1, close);
    const [name = '', kind] = inside.split(',', 2).map((part) => part.trim());
    const value = values[name];
    if (value === undefined) throw new Error(`The text "${text}" needs a value for {${name}}.`);
    result += text.slice(at, open);
    if (kind === 'plural') result += branchOf(inside.slice(inside.indexOf('plural,') + 7), Number(value), language);
    else result += String(value);
    at = close + 1;
  }
}

export type Translate = <K extends TextKey>(key: K, ...values: Arguments<K>) => string;

export function translator(language: Language): Translate {
  return (key, ...values) => fill(textOf(key, language), values[0] ?? {}, language);
}
