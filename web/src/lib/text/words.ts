// Sentences about figures that the dashboard says itself. The state is part of every one of them.
import type { Point } from '../api/decode';
import type { Figure, Maturity } from '../figure';
import type { Formats } from './format';
import type { GroupStage } from '../model/group';
import { StageWords } from './stages';
import type { Translate } from './texts';

/** For a chart's reader and for screen readers: the value, and how settled it is. */
export function spoken(figure: Figure, t: Translate, f: Formats): string {
  switch (figure.maturity) {
    case 'confirmed':
      return t('ui.figure.spoken.confirmed', { value: f.inHundred(figure.rate) });
    case 'provisional':
      return t('ui.figure.spoken.provisional', {
        mid: f.inHundred(figure.mid),
        low: f.inHundred(figure.low),
        high: f.inHundred(figure.high),
        day: f.day(figure.settlesOn),
      });
    case 'pending':
      return t('ui.figure.spoken.pending');
  }
}

/** For a table's cell: "14.9", "about 3.2 (3.0–3.4)" or the words. */
export function cell(figure: Figure, t: Translate, f: Formats): string {
  switch (figure.maturity) {
    case 'confirmed':
      return f.inHundredExactly(figure.rate);
    case 'provisional':
      return t('ui.figure.about', { mid: f.inHundred(figure.mid), range: f.inHundredRange(figure.low, figure.high) });
    case 'pending':
      return t('maturity.pending');
  }
}

/** "16–22 Nov: about 3.2 (3.0–3.4). At least 1.4 already. Settles 30 Nov." or the dates of a pending one. */
export function openLine({ from, to, figure }: Point, t: Translate, f: Formats): string {
  const period = f.days(from, to);
  switch (figure.maturity) {
    case 'confirmed':
      return `${period}: ${t('ui.figure.spoken.confirmed', { value: f.inHundred(figure.rate) })}`;
    case 'provisional':
      return [
        t('ui.provisional.line', {
          period,
          mid: f.inHundred(figure.mid),
          range: f.inHundredRange(figure.low, figure.high),
          floor: f.inHundred(figure.atLeast),
          day: f.day(figure.settlesOn),
        }),
        ...(figure.borrowed ? [t('provisional.borrowed')] : []),
      ].join(' ');
    case 'pending': {
      const first = figure.firstEstimateOn;
      const last = figure.settlesOn;
      if (first !== null && last !== null && first !== last) return t('ui.pending.line.both', { period, first: f.day(first), last: f.day(last) });
      if (last !== null) return t('ui.pending.line.last', { period, last: f.day(last) });
      if (first !== null) return t('ui.pending.line.first', { period, first: f.day(first) });
      return t('ui.pending.line.none', { period });
    }
  }
}

/** What is certain about an open figure already: so many so far, and the bounds. */
export function soFar(figure: Figure, t: Translate, f: Formats): string | null {
  if (figure.maturity !== 'pending' || figure.trials === 0) return null;
  const counted = t('ui.pending.so_far', { events: f.count(figure.eventsSoFar), trials: f.count(figure.trials) });
  if (figure.least === null || figure.least === 0) return counted;
  return `${counted} ${t('ui.pending.at_least', { least: f.inHundred(figure.least) })}`;
}

/** "Clicks 12–21 Nov: nothing.", "Clicks 22 Nov: can still rise until 24 Nov." */
export function whatCanChange(part: GroupStage, t: Translate, f: Formats): string[] {
  const stage = new StageWords(t, part.stage.stage, part.stage.of).noun();
  const sentences: string[] = [];
  if (part.after?.figure.maturity === 'confirmed') sentences.push(t('ui.group.change.nothing', { stage, period: f.days(part.after.from, part.after.to) }));
  if (part.open !== null && part.open.figure.maturity !== 'confirmed') {
    const period = f.days(part.open.from, part.open.to);
    const until = part.open.figure.settlesOn;
    sentences.push(until === null ? t('ui.group.change.open', { stage, period }) : t('ui.group.change.until', { stage, period, day: f.day(until) }));
  }
  return sentences;
}

/** How many for every 10 of another group: "7.8 (7.4–8.3)", "about 8.0 (7.7–8.4)" or the words. */
export function forEveryTen(ratio: { value: number; low: number; high: number } | null, maturity: Maturity, t: Translate, f: Formats): string {
  if (ratio === null) return t(maturity === 'pending' ? 'maturity.pending' : 'ui.table.none');
  const [mid, range] = [f.forEveryTen(ratio.value), f.forEveryTenRange(ratio.low, ratio.high)];
  return maturity === 'confirmed' ? `${mid} (${range})` : t('ui.figure.about', { mid, range });
}

/** Cuts a sentence so that ranges such as "25-34" can stay on one line. */
export function keptTogether(text: string): { text: string; together: boolean }[] {
  return text
    .split(/(\S*\d[-–]\d\S*)/)
    .map((part, i) => ({ text: part, together: i % 2 === 1 }))
    .filter((part) => part.text !== '');
}
