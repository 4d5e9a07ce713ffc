import { describe, expect, it } from 'vitest';
import type { StageSummary } from '../api/types';
import { aroundChange, confirmedWeek, openSpan, usualSpan } from './spans';
import { settlingDays } from './settling';

const stage = (confirmed_through: string | null, change: Partial<StageSummary> = {}): StageSummary => ({ stage: 'click', of: 'shown', window_days: 1, lateness_days: 0, direction: 'more_is_better', given: true, has_outcome_times: true, confirmed_through, confirmed_share: 0.9, ...change });

const on = (day: string) => ({ earliest: day, since: day, latest: day });

describe('the confirmed week', () => {
  it('is the last seven confirmed days', () => {
    expect(confirmedWeek(stage('2026-11-19'), '2026-10-22')).toEqual({ from: '2026-11-13', to: '2026-11-19' });
  });
  it('is shorter where there are fewer, and nothing where there is none', () => {
    expect(confirmedWeek(stage('2026-10-24'), '2026-10-22')).toEqual({ from: '2026-10-22', to: '2026-10-24' });
    expect(confirmedWeek(stage(null), '2026-10-22')).toBeNull();
    expect(confirmedWeek(stage('2026-10-21'), '2026-10-22')).toBeNull();
    expect(confirmedWeek(stage('2026-10-24'), null)).toBeNull();
  });
});

describe('the usual days', () => {
  const week = { from: '2026-11-13', to: '2026-11-19' };
  it('end before the week, and before a known change', () => {
    expect(usualSpan('2026-10-22', week, null)).toEqual({ from: '2026-10-22', to: '2026-11-12' });
    expect(usualSpan('2026-10-22', week, on('2026-11-11'))).toEqual({ from: '2026-10-22', to: '2026-11-10' });
    expect(usualSpan('2026-10-22', week, on('2026-11-18'))).toEqual({ from: '2026-10-22', to: '2026-11-12' });
  });
  it('are at least fourteen', () => {
    expect(usualSpan('2026-10-30', week, null)).not.toBeNull();
    expect(usualSpan('2026-10-31', week, null)).toBeNull();
    expect(usualSpan('2026-10-22', week, on('2026-11-04'))).toBeNull();
  });
});

describe('the other spans', () => {
  it('open: the days after the confirmed ones', () => {
    expect(openSpan(stage('2026-11-19'), '2026-10-22', '2026-11-20')).toEqual({ from: '2026-11-20', to: '2026-11-20' });
    expect(openSpan(stage(null), '2026-10-22', '2026-11-20')).toEqual({ from: '2026-10-22', to: '2026-11-20' });
    expect(openSpan(stage('2026-11-20'), '2026-10-22', '2026-11-20')).toBeNull();
  });
  it('around a change: only where both sides are confirmed', () => {
    expect(aroundChange(stage('2026-11-19'), '2026-10-22', on('2026-11-11'))).toEqual({ before: { from: '2026-10-22', to: '2026-11-10' }, after: { from: '2026-11-11', to: '2026-11-19' } });
    expect(aroundChange(stage('2026-11-06'), '2026-10-22', on('2026-11-11'))).toBeNull();
    expect(aroundChange(stage('2026-11-19'), '2026-10-22', on('2026-10-22'))).toBeNull();
  });
  it('around a change whose start is a range: without the days of the range', () => {
    const change = { earliest: '2026-11-10', since: '2026-11-11', latest: '2026-11-12' };
    expect(aroundChange(stage('2026-11-19'), '2026-10-22', change)).toEqual({ before: { from: '2026-10-22', to: '2026-11-09' }, after: { from: '2026-11-12', to: '2026-11-19' } });
    expect(aroundChange(stage('2026-11-11'), '2026-10-22', change)).toBeNull();
    expect(usualSpan('2026-10-22', { from: '2026-11-13', to: '2026-11-19' }, change)).toEqual({ from: '2026-10-22', to: '2026-11-09' });
  });
  it('settling: windows and latenesses add up along the ladder', () => {
    const ladder = [stage(null), stage(null, { stage: 'purchase', window_days: 14, lateness_days: 2 }), stage(null, { stage: 'return', of: 'purchase', window_days: 30, lateness_days: 1 })];
    expect(ladder.map((step) => settlingDays(ladder, step))).toEqual([1, 16, 47]);
  });
});
