// Numbers and dates as people read them, by Intl in the reader's language. Ranges go through
// formatRange: hand-joined ones are wrong in German.
import type { IsoDay } from '../figure';
import type { Language } from './texts';

const locales: Record<Language, string> = { en: 'en-GB', de: 'de-DE' };

export function dateOf(day: IsoDay): Date {
  return new Date(`${day}T00:00:00Z`);
}

export function addDays(day: IsoDay, days: number): IsoDay {
  return new Date(dateOf(day).getTime() + days * 86_400_000).toISOString().slice(0, 10);
}

/** From a to b, in days; positive if b is later. */
export function daysBetween(a: IsoDay, b: IsoDay): number {
  return Math.round((dateOf(b).getTime() - dateOf(a).getTime()) / 86_400_000);
}

export function daysOf(from: IsoDay, to: IsoDay): IsoDay[] {
  return Array.from({ length: Math.max(0, daysBetween(from, to) + 1) }, (_, i) => addDays(from, i));
}

/** Digits after the comma of a figure "in 100": none from 10 on, one below, two where one says nothing. */
function digitsFor(inHundred: number): number {
  const size = Math.abs(inHundred);
  if (size >= 9.95) return 0;
  return size === 0 || size >= 0.095 ? 1 : 2;
}

export class Formats {
  private readonly locale: string;
  private readonly numbers = new Map<number, Intl.NumberFormat>();
  private readonly dates = new Map<string, Intl.DateTimeFormat>();

  constructor(language: Language) {
    this.locale = locales[language];
  }

  /** A count: "140,600". */
  count(value: number): string {
    return this.number(0).format(value);
  }

  /** A fraction as "in 100", without the words: 0.149 -> "15", 0.034 -> "3.4". */
  inHundred(rate: number): string {
    const value = rate * 100;
    return this.number(digitsFor(value)).format(value);
  }

  /** As inHundred, with one more digit; for tables. */
  inHundredExactly(rate: number): string {
    const value = rate * 100;
    return this.number(Math.max(1, digitsFor(value) + 1)).format(value);
  }

  /** "3.0–3.4": both ends with the same digits. */
  inHundredRange(low: number, high: number): string {
    let digits = Math.max(digitsFor(low * 100), digitsFor(high * 100));
    // A narrow range gets the digits it needs to look like one.
    while (digits < 3 && this.number(digits).format(low * 100) === this.number(digits).format(high * 100)) digits += 1;
    const end = this.number(digits).format(high * 100);
    if (this.number(digits).format(low * 100) === end) return `${end}–${end}`;
    return this.number(digits).formatRange(low * 100, high * 100).replace(/\s–\s/, '–').replace(/^~/, '');
  }

  /** An axis mark, which is a round number already. */
  axis(value: number): string {
    return new Intl.NumberFormat(this.locale, { maximumFractionDigits: 3 }).format(value);
  }

  /** A share of a whole, in words of the same denominator: 0.97 -> "97". */
  share(value: number): string {
    return this.number(0).format(Math.floor(value * 100 + 1e-9));
  }

  /** A share as "in 10 cases", without the words: 0.95 -> "9.5", 1 -> "10". */
  inTen(share: number): string {
    return this.upToOne().format(share * 10);
  }

  /** "5.9–10". */
  inTenRange(low: number, high: number): string {
    const [from, to] = [this.inTen(low), this.inTen(high)];
    return from === to ? from : this.upToOne().formatRange(low * 10, high * 10).replace(/\s–\s/, '–');
  }

  /** A ratio "for every 10", one digit throughout: 0.8 -> "8.0". */
  forEveryTen(ratio: number): string {
    return this.number(1).format(ratio * 10);
  }

  /** "7.7–8.4". */
  forEveryTenRange(low: number, high: number): string {
    const [from, to] = [this.forEveryTen(low), this.forEveryTen(high)];
    return from === to ? `${from}–${to}` : this.number(1).formatRange(low * 10, high * 10).replace(/\s–\s/, '–');
  }

  /** By how much something changes: -0.25 -> "25 %". */
  percent(change: number): string {
    return `${this.upToOne().format(Math.abs(change) * 100)}\u00a0%`;
  }

  /** "12 Nov". */
  day(day: IsoDay): string {
    return this.date({ day: 'numeric', month: 'short' }).format(dateOf(day));
  }

  /** "12 November". */
  dayLong(day: IsoDay): string {
    return this.date({ day: 'numeric', month: 'long' }).format(dateOf(day));
  }

  /** "Thu 12 Nov". */
  weekday(day: IsoDay): string {
    return this.date({ weekday: 'short', day: 'numeric', month: 'short' }).format(dateOf(day)).replace(/^(\w{3}),/, '$1');
  }

  /** "Thu 12 Nov 2026". */
  full(day: IsoDay): string {
    return this.date({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })
      .format(dateOf(day))
      .replace(/^(\w{3}),/, '$1');
  }

  /** "Thursday 12 November". */
  weekdayLong(day: IsoDay): string {
    return this.date({ weekday: 'long', day: 'numeric', month: 'long' }).format(dateOf(day));
  }

  /** "12–21 Nov"; one day where both are the same. */
  days(from: IsoDay, to: IsoDay): string {
    const text = this.date({ day: 'numeric', month: 'short' }).formatRange(dateOf(from), dateOf(to));
    // "7 – 20 Nov" reads better close: only the two numbers stand around the dash.
    return text.replace(/^(\d+)\s–\s(\d)/, '$1–$2');
  }

  private upToOne(): Intl.NumberFormat {
    return new Intl.NumberFormat(this.locale, { maximumFractionDigits: 1 });
  }

  private number(digits: number): Intl.NumberFormat {
    let found = this.numbers.get(digits);
    if (found === undefined) {
      found = new Intl.NumberFormat(this.locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
      this.numbers.set(digits, found);
    }
    return found;
  }

  private date(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    const key = JSON.stringify(options);
    let found = this.dates.get(key);
    if (found === undefined) {
      found = new Intl.DateTimeFormat(this.locale, { ...options, timeZone: 'UTC' });
      this.dates.set(key, found);
    }
    return found;
  }
}
