import { describe, expect, it } from 'vitest';
import { drillOf } from '../../fixtures/drills';
import { layoutNoticed } from './noticed';

const sizes = drillOf({ stage: 'click', slice: {}, change: -0.25, days: 10 }, '2026-11-20').sizes;

describe('how often a change would be noticed', () => {
  const chart = layoutNoticed(sizes, -0.25, 640);

  it('is drawn from 0 to 10 of 10 cases, where the values say', () => {
    const y = (share: number) => chart.box.bottom - share * (chart.box.bottom - chart.box.top);
    expect(chart.points.map(({ y: at }) => at)).toEqual(sizes.map(({ share }) => expect.closeTo(y(share), 6)));
    expect(chart.points.map(({ low, high }) => [low, high])).toEqual(sizes.map((size) => [expect.closeTo(y(size.low), 6), expect.closeTo(y(size.high), 6)]));
    expect(chart.cases.map(({ value }) => value)).toEqual([0, 2, 4, 6, 8, 10]);
    expect([chart.cases[0]?.y, chart.cases[5]?.y]).toEqual([chart.box.bottom, chart.box.top]);
  });

  it('puts sizes at their distance from no change', () => {
    const [five, ten] = chart.points;
    expect((ten?.x ?? 0) - chart.box.left).toBeCloseTo(2 * ((five?.x ?? 0) - chart.box.left), 6);
    expect(chart.points.at(-1)?.x).toBeCloseTo(chart.box.right, 6);
  });

  it('marks the size that was asked for, and always names it', () => {
    expect(chart.points.filter(({ asked }) => asked).map(({ size }) => size.change)).toEqual([-0.25]);
    for (const width of [240, 640]) {
      const named = layoutNoticed(sizes, -0.25, width).named;
      expect(named.map(({ size }) => size.change)).toContain(-0.25);
      for (let i = 1; i < named.length; i++) expect((named[i]?.x ?? 0) - (named[i - 1]?.x ?? 0)).toBeGreaterThanOrEqual(40);
    }
  });

  it('keeps the label inside, also at the ends', () => {
    for (const asked of [-0.05, -0.25, -0.5]) {
      const label = layoutNoticed(sizes, asked, 300).label;
      const left = label?.anchor === 'end' ? (label.x ?? 0) - 60 : label?.x ?? 0;
      expect(left).toBeGreaterThanOrEqual(0);
      expect(left + 60).toBeLessThanOrEqual(300);
    }
  });

  it('is one mark where only one size was tried', () => {
    const one = layoutNoticed(sizes.slice(3, 4), -0.25, 640);
    expect([one.points.length, one.band, one.path]).toEqual([1, '', '']);
  });
});
