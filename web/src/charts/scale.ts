// Axes that the charts share.
import { scaleLinear, type ScaleLinear } from 'd3-scale';
import type { IsoDay } from '../lib/figure';
import { dateOf } from '../lib/text/format';

/** From zero to a round number above `top` (fractions); ticks are "in 100". */
export function valueScale(top: number, range: [number, number]): ScaleLinear<number, number> {
  const padded = top > 0 ? top * 100 * 1.08 : 1;
  return scaleLinear().domain([0, padded]).nice(4).range(range);
}

/** The days to name below a chart: Mondays where they fit, else every second one, and so on. */
export function dayTicks(days: readonly IsoDay[], width: number, gap = 62): IsoDay[] {
  const first = days[0];
  if (first === undefined) return [];
  const mondays = days.filter((day) => dateOf(day).getUTCDay() === 1);
  if (mondays.length < 2) {
    const last = days[days.length - 1];
    return last === undefined || last === first || width < 2 * gap ? [first] : [first, last];
  }
  const perWeek = (width * 7) / days.length;
  const step = Math.max(1, Math.ceil(gap / perWeek));
  return mondays.filter((_, i) => i % step === 0);
}

/** Moves labels apart so that none covers another; the order is kept. */
export function spread(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  const placed = [...wanted];
  let floor = low;
  for (const i of order) {
    placed[i] = Math.max(placed[i] ?? 0, floor);
    floor = (placed[i] ?? 0) + gap;
  }
  let ceiling = high;
  for (const i of [...order].reverse()) {
    placed[i] = Math.min(placed[i] ?? 0, ceiling);
    ceiling = (placed[i] ?? 0) - gap;
  }
  return placed;
}
