import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as late from '../../generated/late_texts';
import * as first from '../../generated/texts';
import { fill } from './texts';

const en = { ...first.en, ...late.en } as Record<string, string>;
const de = { ...first.de, ...late.de } as Record<string, string>;

const catalogue = (name: string) => JSON.parse(readFileSync(new URL(`../../../../i18n/${name}.json`, import.meta.url), 'utf8')) as Record<string, string>;

/** The values that a text puts in: the names of its outermost braces. */
function names(text: string): string[] {
  const found = new Set<string>();
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '{' && depth++ === 0) found.add(/^\w+/.exec(text.slice(i + 1))?.[0] ?? '');
    if (text[i] === '}') depth--;
  }
  return [...found].sort();
}

describe('fill', () => {
  it('puts values in and picks the branch of a number', () => {
    expect(fill('since {day}', { day: '12 Nov' }, 'en')).toBe('since 12 Nov');
    const text = '{n, plural, =0 {nothing} one {# day} other {# days}} of {all}';
    expect(fill(text, { n: 1, all: 3 }, 'en')).toBe('1 day of 3');
    expect(fill(text, { n: 1200, all: 'x' }, 'de')).toBe('1.200 days of x');
    expect(fill(text, { n: 0, all: 'x' }, 'en')).toBe('nothing of x');
  });

  it('does not end a German day in two full stops', () => {
    expect(fill('Bestätigt am {day}.', { day: '5. Dez.' }, 'de')).toBe('Bestätigt am 5. Dez.');
  });

  it('names the value that is missing, and a brace that does not close', () => {
    expect(() => fill('since {day}', {}, 'en')).toThrow('needs a value for {day}');
    expect(() => fill('since {day', { day: 1 }, 'en')).toThrow('does not close');
  });
});

describe('the catalogue', () => {
  it('has every text of the dashboard in both languages, with the same values', () => {
    expect(Object.keys(de).sort()).toEqual(Object.keys(en).sort());
    for (const [key, text] of Object.entries(en)) {
      const german = de[key] ?? '';
      expect(names(german), key).toEqual(names(text));
    }
  });

  it('leaves German labels room: none is more than twice as long as the English one', () => {
    const long = Object.entries(en).filter(([key, text]) => key.startsWith('ui.nav.') && (de[key] ?? '').length > Math.max(16, 2 * text.length));
    expect(long).toEqual([]);
  });

  it.each(['en', 'de'] as const)('says no banned word (%s)', (language) => {
    const banned = catalogue('banned') as unknown as Record<string, string[]>;
    const texts = language === 'en' ? en : de;
    for (const word of banned[language] ?? []) {
      const flags = word === word.toUpperCase() ? 'u' : 'iu';
      const pattern = new RegExp(`(?<![\\p{L}\\p{N}-])${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}-])`, flags);
      const found = Object.entries(texts).filter(([, text]) => pattern.test(text.replace(/\{\w+/g, '{')));
      expect(found, word).toEqual([]);
    }
  });
});
