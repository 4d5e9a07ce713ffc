import { describe, expect, it } from 'vitest';
import type { Point } from '../lib/api/decode';
import type { Figure } from '../lib/figure';
import { addDays } from '../lib/text/format';
import { layoutBars } from './bars';
import { layoutCalendar } from './calendar';
import { dumbbellRows, gapOf, layoutDumbbell } from './dumbbell';
import { layoutLines, runsOf, usualRange } from './lines';
import { columnsFor } from './multiples';
import { dayTicks, spread, valueScale } from './scale';

const confirmed = (rate: number): Figure => ({ maturity: 'confirmed', rate, low: rate, high: rate, trials: 100, events: Math.round(rate * 100), was: null });
const provisional = (mid: number): Figure => ({ maturity: 'provisional', borrowed: false, mid, low: mid * 0.9, high: mid * 1.2, atLeast: mid * 0.5, arrivedShare: 0.5, settlesOn: '2026-12-01', trials: 100, eventsSoFar: 1 });
const pending: Figure = { maturity: 'pending', reason: 'window_open', firstEstimateOn: null, settlesOn: '2026-12-01', least: null, most: null, trials: 100, eventsSoFar: 0 };
const days = (figures: readonly Figure[], from = '2026-11-01'): Point[] => figures.map((figure, i) => ({ from: addDays(from, i), to: addDays(from, i), figure }));

describe('scales', () => {
  it('start at zero and leave room above the highest value', () => {
    const y = valueScale(0.3, [100, 0]);
    expect(y.domain()[0]).toBe(0);
    expect(y.domain()[1]).toBeGreaterThanOrEqual(30);
    expect(valueScale(0, [100, 0]).domain()[1]).toBeGreaterThan(0);
  });

  it('name Mondays, fewer where they would touch', () => {
    const month = days(Array.from({ length: 30 }, () => pending)).map(({ from }) => from);
    expect(dayTicks(month, 800)).toEqual(['2026-11-02', '2026-11-09', '2026-11-16', '2026-11-23', '2026-11-30']);
    expect(dayTicks(month, 200)).toEqual(['2026-11-02', '2026-11-16', '2026-11-30']);
    expect(dayTicks([], 200)).toEqual([]);
    expect(dayTicks(month.slice(0, 5), 300)).toEqual(['2026-11-01', '2026-11-05']);
  });

  it('move labels apart and keep them inside', () => {
    const placed = spread([100, 105, 20], 30, 0, 120);
    expect(placed[2]).toBe(20);
    expect((placed[1] ?? 0) - (placed[0] ?? 0)).toBeGreaterThanOrEqual(30);
    expect(Math.max(...placed)).toBeLessThanOrEqual(120);
  });
});

describe('bars', () => {
  const chart = layoutBars({ points: days([confirmed(0.2), provisional(0.2), pending]), usual: 0.25, width: 340, height: 150 });
  it('draw each state in a shape of its own', () => {
    expect(chart.bars.map((bar) => bar.maturity)).toEqual(['confirmed', 'provisional', 'pending']);
  });

  it('show a provisional day as its range above its low end', () => {
    const bar = chart.bars[1];
    if (bar?.maturity !== 'provisional') throw new Error('not provisional');
    expect(bar.range.y + bar.range.height).toBeCloseTo(bar.floor.y, 6);
    expect(bar.floor.y + bar.floor.height).toBeCloseTo(chart.zero, 6);
  });

  it('are as high as their rates', () => {
    const first = chart.bars[0];
    if (first?.maturity !== 'confirmed') throw new Error('not confirmed');
    expect(first.box.height / (chart.zero - (chart.usualY ?? 0))).toBeCloseTo(0.2 / 0.25, 6);
  });

  it('have no scale to read where nothing is known', () => {
    const unknown = layoutBars({ points: days([pending, pending]), usual: null, width: 340, height: 150 });
    expect(unknown.grid).toEqual([]);
    const [bar] = unknown.bars;
    expect(bar?.maturity === 'pending' && bar.frame.height).toBeGreaterThan(40);
  });
});

describe('lines', () => {
  const options = { others: [], width: 600, height: 280, labelWidth: 90 };
  it('break where a day is missing', () => {
    const items = [{ day: '2026-11-01' }, { day: '2026-11-02' }, { day: '2026-11-04' }];
    expect(runsOf(items, () => true).map((run) => run.length)).toEqual([2, 1]);
  });

  it('draw confirmed days before and since a change, and frame the pending ones', () => {
    const points = days([...Array.from({ length: 8 }, () => confirmed(0.28)), ...Array.from({ length: 4 }, () => confirmed(0.15)), pending, pending]);
    const chart = layoutLines({ ...options, focus: { name: 'x', points }, since: '2026-11-09' });
    expect([chart?.before.length, chart?.after.length, chart?.provisional.length]).toEqual([1, 1, 0]);
    expect(chart?.pending).toMatchObject([{ from: '2026-11-13', to: '2026-11-14' }]);
    expect(chart?.change?.day).toBe('2026-11-09');
  });

  it('start a provisional run at the confirmed day before it', () => {
    const points = days([confirmed(0.2), confirmed(0.2), provisional(0.2)]);
    const chart = layoutLines({ ...options, focus: { name: 'x', points }, since: null });
    expect(chart?.provisional[0]?.path.match(/[ML]/g)).toHaveLength(2);
    expect(chart?.provisional[0]?.range).not.toBe('');
  });

  it('never put a line through a pending day', () => {
    const chart = layoutLines({ ...options, focus: { name: 'x', points: days([pending, pending]) }, since: null });
    expect([chart?.before, chart?.after, chart?.provisional]).toEqual([[], [], []]);
  });

  it('draw nothing of nothing', () => {
    expect(layoutLines({ ...options, focus: { name: 'x', points: [] }, since: null })).toBeNull();
  });

  it('call a range usual from fourteen confirmed days before the change on', () => {
    const rates = Array.from({ length: 14 }, (_, i) => confirmed(0.2 + i / 1000));
    expect(usualRange(days(rates), null)?.low).toBeCloseTo(0.20065, 5);
    expect(usualRange(days(rates), '2026-11-14')).toBeNull();
    expect(usualRange(days([...rates.slice(1), provisional(0.2)]), null)).toBeNull();
  });
});

describe('the dumbbell', () => {
  const point = (figure: Figure): Point => ({ from: '2026-11-01', to: '2026-11-09', figure });
  it('leaves out what is not confirmed', () => {
    const rows = dumbbellRows(
      [
        { slice: { a: 'x' }, before: point(confirmed(0.3)), after: point(confirmed(0.2)) },
        { slice: { a: 'y' }, before: point(pending), after: point(confirmed(0.1)) },
        { slice: { a: 'z' }, before: point(confirmed(0.3)), after: point(pending) },
      ],
      (slice) => slice.a ?? '',
      () => false,
    );
    expect(rows.map(({ name, before, after }) => [name, before, after])).toEqual([['x', 0.3, 0.2], ['y', null, 0.1]]);
    expect(gapOf(rows.map(({ after }) => after))).toBeCloseTo(0.1, 12);
    expect(gapOf([])).toBe(0);
  });

  it('puts long names above their row where there is no room beside', () => {
    const rows = [{ name: 'A rather long name of a group', slice: {}, before: null, after: 0.2, changed: false }];
    expect(layoutDumbbell(rows, 300, 34).stacked).toBe(true);
    expect(layoutDumbbell(rows, 900, 34).stacked).toBe(false);
  });
});

describe('the calendar and the multiples', () => {
  it('fill a day by what has arrived', () => {
    const day = (maturity: Figure['maturity'], arrived_share: number | null, i: number) => ({ day: addDays('2026-11-01', i), maturity, trials: 10, arrived_share, first_estimate_on: null, settles_on: null });
    const stage = { stage: 'click', of: 'shown', window_days: 1, lateness_days: 0, direction: 'more_is_better' as const, given: true, has_outcome_times: true, last_arrival: null, late_since: null, confirmed_through: '2026-11-01', confirmed_share: 0.3, days: [day('confirmed', 1, 0), day('provisional', 0.4, 1), day('pending', null, 2)] };
    expect(layoutCalendar([stage], 800).rows[0]?.cells.map(({ filled }) => filled)).toEqual([1, 0.4, 0]);
  });

  it('stand beside each other as the width allows', () => {
    expect(columnsFor(1180, 5).columns).toBe(5);
    expect(columnsFor(320, 5).columns).toBe(2);
    expect(columnsFor(1400, 40).columns).toBe(6);
  });
});
