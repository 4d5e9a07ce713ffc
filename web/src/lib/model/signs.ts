// What the page "Early signs" shows: what moves before any outcome, and what the scores would have us expect.
import type { TrendPoint, TrendTrack } from '../../charts/trend';
import type { Point } from '../api/decode';
import type { Expected, ExpectedSpan, Sign } from '../api/types';
import type { Formats } from '../text/format';
import { dateOf } from '../text/format';
import { trendValue } from './collections';

const dayNumber = (day: string) => dateOf(day).getTime() / 86_400_000;

/** Shares are drawn in 100, means as they are. */
export function scaleOf({ unit }: Sign): number {
  return unit === 'share' ? 100 : 1;
}

export function signPoints(sign: Sign, f: Formats): TrendPoint[] {
  const scale = scaleOf(sign);
  return sign.days.map(({ shown_on: day, value }) => ({
    x: dayNumber(day), name: f.weekday(day), at: value === null ? { state: 'pending' } : { state: 'confirmed', value: value * scale, low: null, high: null },
  }));
}

export function dayTicksOf(points: readonly TrendPoint[], f: Formats): { x: number; text: string }[] {
  const name = (x: number) => f.day(new Date(x * 86_400_000).toISOString().slice(0, 10));
  return points.filter(({ x }, i) => (points.length - 1 - i) % 7 === 0 || x === points.at(-1)?.x).map(({ x }) => ({ x, text: name(x) }));
}

export function markOf(day: string): number {
  return dayNumber(day);
}

function expectedPoint({ from, to, expected, low, high }: ExpectedSpan, f: Formats): TrendPoint {
  const at: TrendPoint['at'] = expected === null || low === null || high === null ? { state: 'pending' } : { state: 'expected', value: expected * 100, low: low * 100, high: high * 100 };
  return { x: dayNumber(from), name: f.days(from, to), at };
}

/** What came, by how settled it is, and beside it the line that nobody has confirmed. */
export function expectedTracks(expected: Expected, weeks: readonly Point[], names: { came: string; expected: string }, f: Formats): TrendTrack[] {
  return [
    { name: names.came, tone: 'data', points: weeks.map(({ from, to, figure }) => ({ x: dayNumber(from), name: f.days(from, to), at: trendValue(figure) })) },
    { name: names.expected, tone: 'ref', points: expected.weeks.map((week) => expectedPoint(week, f)) },
  ];
}

/** The outcomes that scores can be asked about: those that count from what was shown. */
export function chosenStage(stages: readonly { stage: string; of: string; given: boolean }[], wanted: string | null): string | null {
  const usable = stages.filter(({ given, of }) => given && of === 'shown');
  return (usable.find(({ stage }) => stage === wanted) ?? usable[0])?.stage ?? null;
}
