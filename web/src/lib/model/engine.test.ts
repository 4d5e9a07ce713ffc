import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { backtestOf } from '../../../fixtures/backtest';
import { answer, worlds } from '../../../fixtures/world';
import type { Truth } from '../api/types';
import { arrivalTracks, methodOf, recordRows } from './engine';

describe('the engine room', () => {
  it('shows by age how much has arrived, youngest first, of outcomes that are still coming', () => {
    const truth = answer('truth', new URLSearchParams(), worlds.ranges) as Truth;
    const tracks = arrivalTracks(truth, ({ stage }) => stage, String);
    expect(tracks.map(({ name }) => name)).toEqual(['click', 'purchase']);
    const ages = tracks[1]?.points.map(({ x }) => x) ?? [];
    expect(ages.slice(0, 3)).toEqual([0, 1, 2]);
    expect(tracks[1]?.points.at(-1)?.at).toEqual({ state: 'confirmed', value: 100, low: null, high: null });
  });

  it('lists our ranges by age', () => {
    expect(recordRows(backtestOf('2026-11-20', '2026-10-22', false)).map(({ stage, ages, learned }) => [stage, ages, learned])).toEqual([
      ['click', '0–2', true], ['purchase', '0–2', false], ['purchase', '3+', false],
    ]);
  });

  it('names pages that exist', () => {
    const kinds = ['rate_shift', 'delay_shift', 'mix_shift', 'volume_shift', 'data_problem', 'estimate_check'] as const;
    expect(kinds.map(methodOf).filter((page) => !existsSync(new URL(`../../../../${page}`, import.meta.url)))).toEqual([]);
  });
});
