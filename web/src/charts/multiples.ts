// Layout of the small multiples: the same scale for every group.
import { scaleUtc } from 'd3-scale';
import { line } from 'd3-shape';
import type { Point } from '../lib/api/decode';
import { topOf, type IsoDay } from '../lib/figure';
import { dateOf } from '../lib/text/format';
import { runsOf, usualRange } from './lines';
import { valueScale } from './scale';

export const multipleHeight = 112;

/** How many stand beside each other, and how wide one is. */
export function columnsFor(width: number, count: number): { columns: number; each: number } {
  const gap = 18;
  const fit = Math.max(1, Math.floor((width + gap) / (width < 560 ? 130 + gap : 190 + gap)));
  const columns = Math.max(1, Math.min(fit, Math.max(count, width < 560 ? 2 : 3), 6));
  return { columns, each: (width - (columns - 1) * gap) / columns };
}

/** The highest value over all groups, so that they share a scale. */
export function sharedTop(groups: readonly (readonly Point[])[]): number {
  return Math.max(0, ...groups.flatMap((points) => points.map(({ figure }) => topOf(figure) ?? 0)));
}

export function layoutMultiple(points: readonly Point[], top: number, since: IsoDay | null, width: number) {
  const [first, last] = [points[0]?.from, points.at(-1)?.from];
  const y = valueScale(top, [multipleHeight - 8, 8]);
  if (first === undefined || last === undefined) return null;
  const x = scaleUtc().domain([dateOf(first), dateOf(last)]).range([2, Math.max(3, width - 4)]);
  const level = (rate: number) => y(rate * 100);
  const places = points.map(({ from, figure }) => ({
    day: from,
    maturity: figure.maturity,
    x: first === last ? width / 2 : x(dateOf(from)),
    y: figure.maturity === 'confirmed' ? level(figure.rate) : figure.maturity === 'provisional' ? level(figure.mid) : null,
  }));
  const draw = line<(typeof places)[number]>((p) => p.x, (p) => p.y ?? 0);
  const paths = (maturity: string) => runsOf(places, (p) => p.maturity === maturity).map((run) => (run[0] !== undefined && run.length === 1 ? `M${run[0].x - 2},${run[0].y ?? 0}h4` : (draw(run) ?? '')));
  const usual = usualRange(points, since);
  const firstPending = places.find((p) => p.maturity === 'pending');
  return {
    at: (day: IsoDay): number | null => (day < first || day > last ? null : first === last ? width / 2 : x(dateOf(day))),
    confirmed: paths('confirmed'),
    provisional: paths('provisional'),
    pending: firstPending === undefined ? null : { x: firstPending.x - 2, width: Math.max(3, width - 2 - firstPending.x) },
    usual: usual === null ? null : { y: level(usual.high), height: Math.max(1, level(usual.low) - level(usual.high)) },
    change: since === null || since < first || since > last ? null : x(dateOf(since)),
    zero: y(0),
  };
}
