import { describe, expect, it } from 'vitest';
import { csvOf, fileName } from './csv';
import { calendarOf } from './ics';

describe('a table as a file', () => {
  it('writes what a spreadsheet of the language reads', () => {
    expect(csvOf([['Day', 'Clicked'], ['12 Nov', '14.9']], 'en')).toBe('\ufeffDay,Clicked\r\n12 Nov,14.9\r\n');
    expect(csvOf([['Tag', 'Geklickt'], ['12. Nov.', '14,9']], 'de')).toBe('\ufeffTag;Geklickt\r\n12. Nov.;14,9\r\n');
  });

  it('quotes what would break a line, and takes the power from formulas', () => {
    expect(csvOf([['a "b"', 'c,d', '=1+1', '-2', '@x']], 'en')).toBe('\ufeff"a ""b""","c,d",\'=1+1,\'-2,\'@x\r\n');
    expect(csvOf([['x\ny', '=HYPERLINK("a";"b")']], 'de')).toBe('\ufeff"x\ny";"\'=HYPERLINK(""a"";""b"")"\r\n');
  });

  it('has the day of the figures in its name', () => {
    expect(fileName('Clicked, in 100: by Age', '2026-11-20', 'csv')).toBe('ripen-clicked-in-100-by-age-2026-11-20.csv');
  });
});

describe('settling dates as a calendar', () => {
  const text = calendarOf([{ day: '2026-11-30', key: 'purchase', title: 'Purchases of 14–20 Nov, confirmed; see Ripen' }], '2026-11-20');
  it('has whole days, each the same in every file', () => {
    expect(text).toContain('UID:purchase-2026-11-30@ripen\r\nDTSTAMP:20261120T000000Z\r\nDTSTART;VALUE=DATE:20261130\r\nDTEND;VALUE=DATE:20261201\r\n');
    expect(text).toContain('SUMMARY:Purchases of 14–20 Nov\\, confirmed\\; see Ripen');
  });
  it('folds long lines by bytes', () => {
    const long = calendarOf([{ day: '2026-11-30', key: 'x', title: 'ü'.repeat(60) }], '2026-11-20');
    const encoder = new TextEncoder();
    expect(long.split('\r\n').every((line) => encoder.encode(line).length <= 75)).toBe(true);
    expect(long.replaceAll('\r\n ', '')).toContain('ü'.repeat(60));
  });
});
