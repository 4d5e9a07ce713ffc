import { describe, expect, it } from 'vitest';
import { figureOf } from './decode';

const base = { stage: 'purchase', slice: {}, from: '2026-11-14', to: '2026-11-20' };

describe('figureOf', () => {
  it('keeps the interval of a confirmed figure and what it was before a correction', () => {
    const metric = { ...base, maturity: 'confirmed', trials: 100, events: 25, rate: 0.25, low: 0.2, high: 0.3 } as const;
    expect(figureOf(metric)).toEqual({ maturity: 'confirmed', rate: 0.25, low: 0.2, high: 0.3, trials: 100, events: 25, was: null });
    expect(figureOf({ ...metric, revised: true, was: 0.24 })).toMatchObject({ was: 0.24 });
  });

  it('gives a provisional figure a middle, a range and a floor, but nothing called rate', () => {
    const figure = figureOf({ ...base, maturity: 'provisional', trials: 680, events_so_far: 9, rate: 0.031, low: 0.022, high: 0.043, arrived_share: 0.44, settles_on: '2026-12-05', borrowed: false });
    expect(figure).toMatchObject({ maturity: 'provisional', mid: 0.031, low: 0.022, high: 0.043, settlesOn: '2026-12-05' });
    expect(figure.maturity === 'provisional' && figure.atLeast).toBeCloseTo(9 / 680, 12);
    expect('rate' in figure).toBe(false);
  });

  it('divides nothing by no trials', () => {
    const figure = figureOf({ ...base, maturity: 'provisional', trials: 0, events_so_far: 0, rate: 0, low: 0, high: 0, arrived_share: 0, settles_on: '2026-12-05', borrowed: false });
    expect(figure.maturity === 'provisional' && figure.atLeast).toBe(0);
  });

  it('gives a pending figure dates, bounds and a reason', () => {
    const figure = figureOf({ ...base, maturity: 'pending', trials: 10, events_so_far: 1, rate: null, reason: 'window_open', first_estimate_on: null, settles_on: '2026-12-05', least: 0.1, most: 0.9 });
    expect(figure).toEqual({ maturity: 'pending', reason: 'window_open', firstEstimateOn: null, settlesOn: '2026-12-05', least: 0.1, most: 0.9, trials: 10, eventsSoFar: 1 });
  });
});
