import { describe, expect, it } from 'vitest';
import { layoutTrend, thinned, type TrendPoint } from './trend';

const confirmed = (x: number, value: number): TrendPoint => ({ x, name: `day ${x}`, at: { state: 'confirmed', value, low: value - 1, high: value + 1 } });
const provisional = (x: number, value: number): TrendPoint => ({ x, name: `day ${x}`, at: { state: 'provisional', value, low: value - 3, high: value + 3 } });
const pending = (x: number): TrendPoint => ({ x, name: `day ${x}`, at: { state: 'pending' } });
const frame = { ticks: [], fromZero: true, width: 400, height: 200, labelWidth: 20 };

describe('layoutTrend', () => {
  it('draws a line as far as there are values, and a frame where there are none', () => {
    const chart = layoutTrend({ ...frame, tracks: [{ name: 'a', tone: 'data', points: [confirmed(0, 5), confirmed(1, 6), provisional(2, 7), pending(3)] }] });
    const track = chart?.tracks[0];
    expect(track?.lines.map(({ state }) => state)).toEqual(['confirmed', 'provisional']);
    expect(track?.dots).toHaveLength(3);
    expect(track?.pending).toHaveLength(1);
    // The provisional part begins at the last confirmed point: no gap in the line.
    expect(track?.lines[1]?.path.split('L')).toHaveLength(2);
  });

  it('has zero on the axis of rates, not on that of a gap', () => {
    const tracks = [{ name: 'a', tone: 'data' as const, points: [confirmed(0, 50), confirmed(1, 52)] }];
    expect(layoutTrend({ ...frame, tracks })?.grid[0]?.value).toBe(0);
    expect(layoutTrend({ ...frame, tracks, fromZero: false })?.grid[0]?.value).toBeGreaterThan(40);
  });

  it('has room for levels that no value reaches, and keeps their names apart from each other and from the tracks', () => {
    const tracks = [{ name: 'a', tone: 'data' as const, points: [confirmed(0, 10), confirmed(1, 10)] }, { name: 'b', tone: 'second' as const, points: [confirmed(0, 10), confirmed(1, 10)] }];
    const chart = layoutTrend({ ...frame, tracks, fromZero: false, levels: [{ value: 10, name: 'no gap' }, { value: 2, name: 'limit' }] });
    expect(chart?.grid[0]?.value).toBeLessThanOrEqual(2);
    const names = [...(chart?.tracks ?? []), ...(chart?.levels ?? [])].map(({ label }) => label ?? 0).sort((a, b) => a - b);
    expect(names.every((at, i) => i === 0 || at - (names[i - 1] ?? 0) >= 20)).toBe(true);
    expect(layoutTrend({ ...frame, tracks: tracks.slice(0, 1) })?.tracks[0]?.label).toBeNull();
  });

  it('keeps a mark outside the days out of the chart', () => {
    const tracks = [{ name: 'a', tone: 'data' as const, points: [confirmed(0, 5), confirmed(4, 6)] }];
    expect(layoutTrend({ ...frame, tracks, marks: [{ x: 2, name: 'launch' }, { x: 9, name: 'later' }] })?.marks.map(({ name }) => name)).toEqual(['launch']);
  });

  it('writes the names of near marks below each other, and none beyond the edge', () => {
    const tracks = [{ name: 'a', tone: 'data' as const, points: [confirmed(0, 5), confirmed(40, 6)] }];
    const chart = layoutTrend({ ...frame, tracks, marks: [{ x: 38, name: 'since 24 Apr' }, { x: 39, name: 'Summer' }, { x: 3, name: 'Summer' }] });
    expect(chart?.marks.map(({ anchor }) => anchor)).toEqual(['end', 'end', 'start']);
    expect(chart?.marks.map(({ y }) => y)).toEqual([14, 30, 14]);
    expect(chart?.box.top).toBe(46);
  });

  it('frames neighbouring days without a value together', () => {
    const points = [pending(0), pending(1), confirmed(2, 5), pending(3)];
    const frames = layoutTrend({ ...frame, tracks: [{ name: 'a', tone: 'data', points }] })?.tracks[0]?.pending;
    expect(frames).toHaveLength(2);
    expect(frames?.[0]?.width).toBeGreaterThan(frames?.[1]?.width ?? 0);
  });

  it('says nothing without a point', () => {
    expect(layoutTrend({ ...frame, tracks: [{ name: 'a', tone: 'data', points: [] }] })).toBeNull();
  });
});

describe('names below a chart', () => {
  it('keeps the last name below a chart', () => {
    expect(thinned(['a', 'b', 'c', 'd', 'e'], 100, 50)).toEqual(['b', 'e']);
    expect(thinned(['a', 'b'], 400, 50)).toEqual(['a', 'b']);
  });
});
