// A table as a file for a spreadsheet: the texts as they stand on the page, safe to open.
import type { Language } from './text/texts';

// What a spreadsheet would take for a formula.
const formula = /^[=+\-@\t\r]/;

function field(text: string, separator: string): string {
  // Ranges and names keep their spaces; narrow ones would become question marks in old programs.
  const plain = text.replace(/[\u2009\u202f\u00a0]/g, ' ');
  const safe = formula.test(plain) ? `'${plain}` : plain;
  return safe.includes(separator) || /["\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** With a byte order mark, and the separator that spreadsheets of the language expect. */
export function csvOf(rows: readonly (readonly string[])[], language: Language): string {
  const separator = language === 'de' ? ';' : ',';
  return `\ufeff${rows.map((row) => row.map((text) => field(text, separator)).join(separator)).join('\r\n')}\r\n`;
}

/** "ripen clicked in 100 as of 2026-11-20.csv". */
export function fileName(title: string, asOf: string | null, extension: string): string {
  const words = title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '').slice(0, 80);
  return `ripen-${words}${asOf === null ? '' : `-${asOf}`}.${extension}`;
}

/** Hands a text to the reader as a file. */
export function saveFile(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.target = '_self';
  link.click();
  URL.revokeObjectURL(address);
}
